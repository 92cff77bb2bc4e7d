package io.ibid.bench.sync;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Measurement;
import io.ibid.bench.Rounds;
import io.ibid.bench.Settings;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One field of one document is changed while a session is idle: everything that TCP carries for it, both ways, the closing of the unit and
 * its acknowledgement included. The first line is a document that was changed before in this session, the second one that is new to it
 * and must be named in full.
 */
record UpdateBytesBenchmark(String name, int documents) implements Benchmark {

    private static final int EDITS = 5;
    private static final long QUIET_MS = 250;
    private static final double GOAL_EXTRA_BYTES = 64;

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        Path folder = settings.folder();
        try (Supplier supplier = new Supplier(folder.resolve("supplier"), documents);
                Tap tap = new Tap(supplier.address(), 0);
                ReceiverProcess receiver = new ReceiverProcess()) {
            receiver.open(folder.resolve("receiver"), tap.address());
            receiver.sync(documents);
            Course course = new Course(supplier, tap);
            Rounds rounds = Rounds.take(
                    settings.rounds(),
                    1,
                    Better.LOWER,
                    List.of(slice -> course.known(), slice -> Course.valueBytes(), slice -> course.fresh()));
            supplier.checkDurability();
            double value = Course.valueBytes();
            return List.of(
                    rounds.bounded(name, "value", 1, "B", Better.LOWER, GOAL_EXTRA_BYTES + value),
                    rounds.from(2).compare(name + "-unnamed", "value", 1, "B", Better.LOWER, null));
        }
    }

    private static final class Course {
        private final Supplier supplier;
        private final Tap tap;
        private int edits;
        private int next = 1;

        Course(Supplier supplier, Tap tap) {
            this.supplier = supplier;
            this.tap = tap;
        }

        double known() throws InterruptedException {
            edit(0); // names it, should the session have forgotten its names in a longer pause
            List<Double> bytes = new ArrayList<>();
            for (int i = 0; i < EDITS; i++) {
                bytes.add((double) edit(0));
            }
            return median(bytes);
        }

        double fresh() throws InterruptedException {
            List<Double> bytes = new ArrayList<>();
            for (int i = 0; i < EDITS; i++) {
                bytes.add((double) edit(next++ % supplier.ids().size()));
            }
            return median(bytes);
        }

        private long edit(int document) throws InterruptedException {
            tap.awaitQuiet(QUIET_MS);
            tap.clear();
            supplier.update(supplier.ids().get(document), "note", Value.of(text(edits++)));
            Thread.sleep(QUIET_MS);
            tap.awaitQuiet(QUIET_MS);
            return tap.bytes();
        }

        private static String text(int number) {
            return String.format(Locale.ROOT, "call back on day %04d", number % 10_000);
        }

        static double valueBytes() {
            return text(0).length();
        }

        private static double median(List<Double> values) {
            return Rounds.median(values.stream().mapToDouble(v -> v).toArray());
        }
    }
}
