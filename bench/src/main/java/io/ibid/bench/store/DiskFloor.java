package io.ibid.bench.store;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Rounds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long the disk itself takes: writes of one size into a file that has its length already, each followed by fdatasync. A store whose
 * commits take clearly less does not wait for the disk, whatever its settings say.
 */
final class DiskFloor {

    /** A commit may take this part of what the disk takes for the same bytes: two medians of one noisy disk differ. */
    private static final double TOLERANCE = 0.7;

    private static final int FILE_BYTES = 4 << 20;
    private static final int WRITES = 40;

    private final Path file;
    private final int bytes;
    private final List<Double> commitsPerWrite = new ArrayList<>();

    DiskFloor(Path file, int bytes) throws IOException {
        this.file = file;
        this.bytes = bytes;
        try (FileChannel channel = open()) {
            channel.write(ByteBuffer.allocate(FILE_BYTES));
            channel.force(true);
        }
    }

    /** What a store does between two looks at the disk, and the median of its commits meanwhile. */
    interface Work {
        double run() throws InterruptedException;

        double medianCommitMicros();
    }

    /** Does the work between two looks at the disk, whose speed changes with what else the machine does. */
    double around(Work work) throws IOException, InterruptedException {
        List<Long> nanos = new ArrayList<>(write());
        double value = work.run();
        nanos.addAll(write());
        commitsPerWrite.add(work.medianCommitMicros() / Rounds.medianMicros(nanos));
        return value;
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private List<Long> write() throws IOException {
        List<Long> nanos = new ArrayList<>();
        ByteBuffer content = ByteBuffer.allocateDirect(bytes);
        try (FileChannel channel = open()) {
            for (int i = 0; i < WRITES; i++) {
                long position = (long) i * bytes % (FILE_BYTES - bytes);
                long start = System.nanoTime();
                content.clear();
                channel.write(content, position);
                channel.force(false);
                nanos.add(System.nanoTime() - start);
            }
        }
        return nanos;
    }

    /** @throws BenchmarkFailure when the store's commits were faster than the disk, by the median of all rounds */
    void check(String store) {
        double ratio = Rounds.median(
                commitsPerWrite.stream().mapToDouble(Double::doubleValue).toArray());
        if (ratio < TOLERANCE) {
            throw new BenchmarkFailure(String.format(
                    Locale.ROOT,
                    "a commit of %s takes %.2f of the time that the disk takes for the same %d bytes: it does not wait for the disk",
                    store,
                    ratio,
                    bytes));
        }
    }
}
