package io.ibid.bench.wire;

import io.ibid.bench.Benchmark;
import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Better;
import io.ibid.bench.Figure;
import io.ibid.bench.Measurement;
import io.ibid.bench.Settings;
import io.ibid.peer.runtime.OpenDatabase;
import java.util.ArrayList;
import java.util.List;

/**
 * Two peers that have never met, but have the same documents from a third, or all but a few that only one of them has. From the dialling
 * until each knows that it has everything of the other.
 *
 * @param differences documents that only one of them has
 */
record EqualSetsBenchmark(String name, int documents, int differences) implements Benchmark {
    private static final double DOCUMENTS_PER_SECOND_MIN = 500_000;
    private static final double BYTES_MAX = 300;
    private static final double DIFFERENCE_BYTES_FLOOR = 16;

    @Override
    public List<Measurement> run(Settings settings) throws InterruptedException {
        List<Double> rates = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            try (Peers peers = new Peers()) {
                OpenDatabase third = peers.open();
                OpenDatabase one = peers.open(third);
                OpenDatabase other = peers.open(third);
                Peers.fill(third, 0, documents);
                for (OpenDatabase peer : List.of(one, other)) {
                    Peers.await("the documents", () -> Peers.count(peer) == documents);
                }
                Peers.awaitQuiet(List.of(one, other));
                third.stopSync();
                one.stopSync();
                other.stopSync();
                if (differences > 0) {
                    Peers.fill(one, documents, differences);
                }
                long before = Peers.carried(other);
                long start = System.nanoTime();
                one.startSync(List.of("127.0.0.1:0"), List.of());
                other.startSync(List.of(), one.listening());
                Peers.await("the first contact", () -> isComplete(one, other) && isComplete(other, one));
                rates.add(documents * 1e9 / (System.nanoTime() - start));
                if (Peers.count(other) != documents + differences) {
                    throw new BenchmarkFailure("complete, but without all documents");
                }
                Peers.awaitQuiet(List.of(other));
                bytes.add((double) Peers.carried(other) - before);
            }
        }
        if (differences == 0) {
            return List.of(
                    Figure.of(
                            name,
                            "goal",
                            rates,
                            DOCUMENTS_PER_SECOND_MIN,
                            "docs/s",
                            Better.HIGHER,
                            DOCUMENTS_PER_SECOND_MIN),
                    Figure.of(name + "-bytes", "one-query", bytes, 20, "B", Better.LOWER, BYTES_MAX));
        }
        List<Double> each = bytes.stream().map(all -> all / differences).toList();
        return List.of(Figure.of(
                name, "8-to-16-bytes-each", each, DIFFERENCE_BYTES_FLOOR, "B/difference", Better.LOWER, null));
    }

    /** Whether a peer knows that it has all of its partner's. */
    private static boolean isComplete(OpenDatabase peer, OpenDatabase partner) {
        String link = "links.`" + partner.peerKey() + "`.state";
        return Peers.number(peer, "SELECT COUNT(*) AS n FROM system:sync_subscriptions WHERE " + link + " = 'complete'")
                == 1;
    }
}
