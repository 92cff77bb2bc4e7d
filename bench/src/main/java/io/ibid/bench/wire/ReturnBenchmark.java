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
 * A peer comes back after changes in 1 % and in 10 % of the documents: the time for each change. The reference of the second is the first:
 * a cost that grows with the changes and not with the documents has a ratio of one or less.
 */
record ReturnBenchmark(String name, int documents) implements Benchmark {
    /** 100,000 changes a second. */
    private static final double MICROS_MAX = 10;

    @Override
    public List<Measurement> run(Settings settings) throws InterruptedException {
        List<Double> few = new ArrayList<>();
        List<Double> many = new ArrayList<>();
        try (Peers peers = new Peers()) {
            OpenDatabase author = peers.open();
            OpenDatabase reader = peers.open(author);
            Peers.fill(author, 0, documents);
            Peers.await("the documents", () -> Peers.count(reader) == documents);
            for (int round = 1; round <= settings.rounds() + 1; round++) {
                double ofFew = micros(author, reader, documents / 100, -2 * round);
                double ofMany = micros(author, reader, documents / 10, -2 * round - 1);
                if (round > 1) {
                    few.add(ofFew);
                    many.add(ofMany);
                }
            }
        }
        double one = few.stream().mapToDouble(value -> value).sorted().toArray()[few.size() / 2];
        return List.of(Figure.of(name, "a-tenth-of-it", many, one, "us/change", Better.LOWER, MICROS_MAX));
    }

    private static double micros(OpenDatabase author, OpenDatabase reader, int changes, int value)
            throws InterruptedException {
        reader.stopSync();
        Peers.execute(author, "UPDATE c SET late = " + value + " ORDER BY _id LIMIT " + changes, Value.Struct.EMPTY);
        String seen = "SELECT COUNT(*) AS n FROM c WHERE late = " + value;
        long start = System.nanoTime();
        long commit = reader.publishedCommit();
        reader.startSync(List.of(), List.of(author.listening().getFirst()));
        while (reader.publishedCommit() == commit) { // one unit brings all of them
            Thread.onSpinWait();
        }
        double micros = (System.nanoTime() - start) / 1e3 / changes;
        Peers.await("the changes", () -> Peers.number(reader, seen) == changes);
        return micros;
    }
}
