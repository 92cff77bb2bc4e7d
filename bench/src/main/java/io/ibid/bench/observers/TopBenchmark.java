package io.ibid.bench.observers;

import io.ibid.bench.Benchmark;
import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Better;
import io.ibid.bench.Measurement;
import io.ibid.bench.Rounds;
import io.ibid.bench.Settings;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An observer of the 50 orders with the highest level: the time from the beginning of an update until the observer has the result behind
 * it, the median of many. Every update changes the result: it takes an order into it, or out of it.
 *
 * @param line what to report of the comparison of many documents with few
 */
record TopBenchmark(String name, Line line) implements Benchmark {

    /** What to report. */
    interface Line {
        Measurement of(Rounds rounds, String name);
    }

    private static final String REFERENCE = "1000 documents";
    private static final int MANY = 100_000;
    private static final int FEW = 1_000;
    private static final int TOP = 50;
    private static final int SLICES = 2;
    private static final int COMMITS = 1_000;
    private static final long WAIT_NS = 10_000_000_000L;

    /** The median of the many alone. */
    static Line median(double goalUs) {
        return (rounds, name) -> rounds.bounded(name, REFERENCE, 1, "us", Better.LOWER, goalUs);
    }

    /** How much longer it takes with many documents than with few. */
    static Line ratio(double goal) {
        return (rounds, name) -> rounds.compare(name, REFERENCE, 1, "us", Better.LOWER, goal);
    }

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        try (Side many = new Side(MANY);
                Side few = new Side(FEW)) {
            int commits = settings.size(COMMITS, 5 * COMMITS);
            Rounds rounds = Rounds.take(
                    settings.rounds(),
                    SLICES,
                    Better.LOWER,
                    List.of(slice -> many.median(slice, commits), slice -> few.median(slice, commits)));
            many.store.check();
            few.store.check();
            return List.of(line.of(rounds, name));
        }
    }

    private static final class Side implements AutoCloseable {
        private final ObservedStore store;
        private final ObservedStore.Watched top;

        Side(int documents) throws InterruptedException {
            store = new ObservedStore(documents, 10);
            top = store.observe("SELECT * FROM orders ORDER BY level DESC LIMIT " + TOP, Value.Struct.EMPTY);
            store.awaitFirst();
        }

        double median(int slice, int commits) {
            Random random = new Random(slice);
            List<Long> nanos = new ArrayList<>(commits);
            for (int i = 0; i < commits; i++) {
                nanos.add(random.nextBoolean() ? enter(random) : leave(random));
            }
            return Rounds.medianMicros(nanos);
        }

        /** An order of which nothing is known gets a level among the highest. */
        private long enter(Random random) {
            Value.Struct above = top.rows().get(random.nextInt(TOP)).value();
            long level = above.get("level") instanceof Value.Int(long number) ? number : 0;
            return timed(store.id(random.nextInt(store.size())), level + 1);
        }

        /** An order of the result gets a low level. */
        private long leave(Random random) {
            Value.Struct row = top.rows().get(random.nextInt(TOP)).value();
            String id = row.get("_id") instanceof Value.Text(String text) ? text : "";
            return timed(id, random.nextInt(ObservedStore.LEVELS / 2));
        }

        private long timed(String id, long level) {
            long start = System.nanoTime();
            long commit = store.update(id, level);
            while (top.commitId() < commit) {
                if (System.nanoTime() - start > WAIT_NS) {
                    throw new BenchmarkFailure("the observer was not told of commit " + commit);
                }
                Thread.onSpinWait();
            }
            return System.nanoTime() - start;
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
