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
import java.util.Random;

/**
 * Bursts of updates of one field with random values, each a transaction, to a document of its own: what the link carries for each, both
 * ways, with its share of CUTs, ACKs and CREDITs. The session knows the documents. The reference is the value alone.
 *
 * @param bursts of a round
 */
record OneFieldBenchmark(String name, int bursts) implements Benchmark {
    /** As many as a session gives numbers to, and no more. */
    private static final int DOCUMENTS = 200;

    private static final int VALUE_BYTES = 9;
    private static final double EXTRA_BYTES_MAX = 48;
    /** The rows are made anew a moment after something has changed. */
    private static final long SHOWN_AFTER_MS = 200;

    @Override
    public List<Measurement> run(Settings settings) throws InterruptedException {
        List<Double> bytes = new ArrayList<>();
        try (Peers peers = new Peers()) {
            OpenDatabase author = peers.open();
            OpenDatabase reader = peers.open(author);
            Peers.fill(author, 0, DOCUMENTS);
            Peers.await("the documents", () -> Peers.count(reader) == DOCUMENTS);
            Random random = new Random(1);
            burst(author, reader, random);
            for (int round = 0; round < settings.rounds(); round++) {
                long before = Peers.carried(reader);
                for (int i = 0; i < bursts; i++) {
                    burst(author, reader, random);
                }
                Thread.sleep(SHOWN_AFTER_MS);
                bytes.add((double) (Peers.carried(reader) - before) / bursts / DOCUMENTS);
            }
        }
        return List.of(Figure.of(name, "value", bytes, VALUE_BYTES, "B", Better.LOWER, EXTRA_BYTES_MAX + VALUE_BYTES));
    }

    /** Changes each document once, and waits until all of it has come. */
    private static void burst(OpenDatabase author, OpenDatabase reader, Random random) throws InterruptedException {
        long last = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            last = (1L << 61) + random.nextLong(1L << 61);
            Value.Struct arguments = Value.Struct.builder()
                    .put("id", Value.of("document-" + i))
                    .put("value", Value.of(last))
                    .build();
            Peers.execute(author, "UPDATE c SET number = :value WHERE _id = :id", arguments);
        }
        String seen = "SELECT COUNT(*) AS n FROM c WHERE number = " + last;
        Peers.await("the last update", () -> Peers.number(reader, seen) == 1);
    }
}
