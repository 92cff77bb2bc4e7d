package io.ibid.bench.wire;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Figure;
import io.ibid.bench.Measurement;
import io.ibid.bench.Settings;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.OpenDatabase;
import java.util.ArrayList;
import java.util.List;

/**
 * Many small peers on one, all in this process and in memory: how many documents a second arrive at them together when one after another
 * is written, until all have the last one. The reference is a single peer.
 *
 * @param documents of a round
 */
record CrowdBenchmark(String name, int peers, int documents) implements Benchmark {
    @Override
    public List<Measurement> run(Settings settings) throws InterruptedException {
        int rounds = Math.min(settings.rounds(), 3);
        List<Double> one = rates(1, rounds);
        List<Double> all = rates(peers, rounds);
        double alone = one.stream().mapToDouble(value -> value).sorted().toArray()[one.size() / 2];
        return List.of(Figure.of(name, "one-peer", all, alone, "docs/s", Better.HIGHER, null));
    }

    private List<Double> rates(int size, int rounds) throws InterruptedException {
        List<Double> rates = new ArrayList<>();
        try (Peers opened = new Peers()) {
            OpenDatabase hub = opened.open();
            List<OpenDatabase> crowd = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                crowd.add(opened.open(hub));
            }
            int written = 0;
            for (int round = 0; round <= rounds; round++) { // the first warms up
                long start = System.nanoTime();
                for (int i = 0; i < documents; i++) {
                    Value.Struct arguments = Value.Struct.builder()
                            .put("id", Value.of("document-" + written++))
                            .build();
                    Peers.execute(hub, "INSERT INTO c DOCUMENTS ({'_id': :id, 'number': 1})", arguments);
                }
                int all = written;
                for (OpenDatabase peer : crowd) {
                    Peers.await("the documents", () -> Peers.count(peer) == all);
                }
                if (round > 0) {
                    rates.add((double) size * documents * 1e9 / (System.nanoTime() - start));
                }
            }
        }
        return rates;
    }
}
