package io.ibid.bench.sync;

import io.ibid.bench.Benchmark;
import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Better;
import io.ibid.bench.Measurement;
import io.ibid.bench.Rounds;
import io.ibid.bench.Settings;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One field is changed here; how long until an observer in the other process is told? From the call of the statement on, so both
 * ends' syncs to disk are in it. After each change there is a pause in which nothing is said, so each is the first one after a silence:
 * nothing that gathers changes could gain here. The longer the silence, the colder the caches of the processors, ours and the disk's
 * driver's alike; the disk alone has its turn in the same silence.
 *
 * @param pauseMsMax the longest pause, the mean is half of it
 * @param hasGoal whether the row is held to two syncs of the disk and a millisecond
 */
record UpdateLatencyBenchmark(String name, int documents, int pauseMsMax, boolean hasGoal) implements Benchmark {

    private static final int SLICES = 3;
    private static final int UPDATES = 20;
    private static final int OBSERVED = 20;
    private static final int WARM_UPDATES = 5_000;
    private static final double GOAL_DISK_SYNCS = 2;
    private static final double GOAL_EXTRA_MS = 1;

    @Override
    public List<Measurement> run(Settings settings) throws IOException, InterruptedException {
        Path folder = settings.folder();
        try (Supplier supplier = new Supplier(folder.resolve("supplier"), documents);
                ReceiverProcess receiver = new ReceiverProcess();
                DiskSync disk = new DiskSync(folder.resolve("disk"))) {
            receiver.open(folder.resolve("receiver"), supplier.address());
            receiver.sync(documents);
            receiver.checkClock();
            receiver.observe(supplier.ids().subList(0, OBSERVED));
            Course course = new Course(supplier, receiver, disk, pauseMsMax);
            course.warmUp();
            Rounds rounds = Rounds.take(
                    settings.rounds(), SLICES, Better.LOWER, List.of(slice -> course.ours(), slice -> course.disk()));
            supplier.checkDurability();
            double bound = GOAL_DISK_SYNCS * rounds.median(1) + GOAL_EXTRA_MS;
            return List.of(
                    hasGoal
                            ? rounds.bounded(name, "disk-sync", 1, "ms", Better.LOWER, bound)
                            : rounds.compare(name, "disk-sync", 1, "ms", Better.LOWER, null));
        }
    }

    /** Goes through the rounds; values count up, so that each is seen once. */
    private static final class Course {
        private final Supplier supplier;
        private final ReceiverProcess receiver;
        private final DiskSync disk;
        private final int pauseMsMax;
        private final Random random = new Random(5);
        private long value;
        private List<Long> diskNanos = new ArrayList<>();

        Course(Supplier supplier, ReceiverProcess receiver, DiskSync disk, int pauseMsMax) {
            this.supplier = supplier;
            this.receiver = receiver;
            this.disk = disk;
            this.pauseMsMax = pauseMsMax;
        }

        /** Both ends run compiled code afterwards, as they do in a database that is in use. */
        void warmUp() throws IOException {
            for (int i = 0; i < WARM_UPDATES; i++) {
                update();
            }
        }

        /** From the call of the statement until the observer is told. Nanoseconds. */
        private long update() throws IOException {
            value++;
            long start = System.nanoTime();
            supplier.update(supplier.ids().get(random.nextInt(OBSERVED)), "counter", Value.of(value));

            ReceiverProcess.Saw saw = receiver.saw();
            if (saw.value() != value) {
                throw new BenchmarkFailure("an observer saw " + saw.value() + " instead of " + value);
            }
            return saw.nanos() - start;
        }

        /** Milliseconds, the median of some updates. The disk alone has its turn between them, in the same silence. */
        double ours() throws IOException, InterruptedException {
            List<Long> nanos = new ArrayList<>();
            for (int i = 0; i < UPDATES; i++) {
                Thread.sleep(random.nextInt(1, pauseMsMax));
                diskNanos.add(disk.once());
                Thread.sleep(random.nextInt(1, pauseMsMax));
                nanos.add(update());
            }
            return Rounds.medianMicros(nanos) / 1e3;
        }

        double disk() {
            double millis = Rounds.medianMicros(diskNanos) / 1e3;
            if (diskNanos.size() > SLICES * UPDATES) {
                diskNanos = new ArrayList<>(diskNanos.subList(UPDATES, diskNanos.size()));
            }
            return millis;
        }
    }
}
