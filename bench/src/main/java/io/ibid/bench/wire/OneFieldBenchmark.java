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
 * A burst of updates of one field with random values, each a transaction: what the link carries for each, both ways, with its share of
 * CUTs, ACKs and CREDITs. The reference is the value alone.
 */
record OneFieldBenchmark(String name, int updates) implements Benchmark {
    private static final int DOCUMENTS = 100;
    private static final int VALUE_BYTES = 9;
    private static final double EXTRA_BYTES_MAX = 48;

    @Override
    public List<Measurement> run(Settings settings) throws InterruptedException {
        List<Double> bytes = new ArrayList<>();
        try (Peers peers = new Peers()) {
            OpenDatabase author = peers.open();
            OpenDatabase reader = peers.open(author);
            Peers.fill(author, 0, DOCUMENTS);
            Peers.await("the documents", () -> Peers.count(reader) == DOCUMENTS);
            Random random = new Random(1);
            for (int round = 0; round < settings.rounds(); round++) {
                Peers.awaitQuiet(List.of(reader));
                long before = Peers.carried(reader);
                long last = 0;
                for (int i = 0; i < updates; i++) {
                    last = random.nextLong(1L << 62);
                    Value.Struct arguments = Value.Struct.builder()
                            .put("id", Value.of("document-" + i % DOCUMENTS))
                            .put("value", Value.of(last))
                            .build();
                    Peers.execute(author, "UPDATE c SET number = :value WHERE _id = :id", arguments);
                }
                String seen = "SELECT COUNT(*) AS n FROM c WHERE number = " + last;
                Peers.await("the last update", () -> Peers.number(reader, seen) == 1);
                Peers.awaitQuiet(List.of(reader));
                bytes.add((double) (Peers.carried(reader) - before) / updates);
            }
        }
        return List.of(Figure.of(name, "value", bytes, VALUE_BYTES, "B", Better.LOWER, EXTRA_BYTES_MAX + VALUE_BYTES));
    }
}
