package io.ibid.bench.wire;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Figure;
import io.ibid.bench.Measurement;
import io.ibid.bench.Settings;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.OpenDatabase;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Documents of 2 KiB of noise are written one after another in a ring of peers with a chord for every second one: how often a document travels, beside once to
 * each other peer. After a warm-up in which the mesh learns which of its links are needed.
 *
 * @param units documents of the warm-up, and of each round
 */
record MeshBenchmark(String name, int peers, int units) implements Benchmark {
    private static final int CONTENT_BYTES = 2 << 10;
    private static final double RATIO_MAX = 1.1;

    @Override
    public List<Measurement> run(Settings settings) throws InterruptedException {
        List<Double> ratios = new ArrayList<>();
        Random random = new Random(3);
        try (Peers opened = new Peers()) {
            List<OpenDatabase> mesh = new ArrayList<>();
            for (int i = 0; i < peers; i++) {
                List<OpenDatabase> partners = new ArrayList<>();
                if (i > 0) {
                    partners.add(mesh.get(i - 1));
                }
                if (i == peers - 1) {
                    partners.add(mesh.getFirst());
                } else if (i > 2 && i % 2 == 0) {
                    partners.add(mesh.get(random.nextInt(i - 1)));
                }
                mesh.add(opened.open(partners.toArray(OpenDatabase[]::new)));
            }
            int written = flood(mesh, 0, random);
            for (int round = 0; round < settings.rounds(); round++) {
                Peers.awaitQuiet(mesh);
                long before = mesh.stream().mapToLong(Peers::received).sum();
                written += flood(mesh, written, random);
                Peers.awaitQuiet(mesh);
                long after = mesh.stream().mapToLong(Peers::received).sum();
                ratios.add((double) (after - before) / units / (peers - 1) / CONTENT_BYTES);
            }
        }
        return List.of(Figure.of(name, "once-to-each", ratios, 1, "times", Better.LOWER, RATIO_MAX));
    }

    private int flood(List<OpenDatabase> mesh, int from, Random random) throws InterruptedException {
        byte[] noise = new byte[CONTENT_BYTES * 3 / 4];
        for (int i = from; i < from + units; i++) {
            random.nextBytes(noise);
            Value.Struct arguments = Value.Struct.builder()
                    .put("id", Value.of("document-" + i))
                    .put("noise", Value.of(Base64.getEncoder().encodeToString(noise)))
                    .build();
            Peers.execute(mesh.get(i % peers), "INSERT INTO c DOCUMENTS ({'_id': :id, 'noise': :noise})", arguments);
            Thread.sleep(20);
        }
        int all = from + units;
        Peers.await("the documents", () -> mesh.stream().allMatch(peer -> Peers.count(peer) == all));
        return units;
    }
}
