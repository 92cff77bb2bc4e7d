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
    private static final int PAIRS = 10;

    private final Path file;
    private final int bytes;
    private final List<Long> diskNanos = new ArrayList<>();
    private final List<Long> commitNanos = new ArrayList<>();

    DiskFloor(Path file, int bytes) throws IOException {
        this.file = file;
        this.bytes = bytes;
        try (FileChannel channel = open()) {
            channel.write(ByteBuffer.allocate(FILE_BYTES));
            channel.force(true);
        }
    }

    /** Commits of the store under suspicion. */
    @FunctionalInterface
    interface Commits {
        /** Commits once; returns how long the commit alone took, in nanoseconds. */
        long commit();
    }

    /** Lets store and disk sync in turns, one by one: a disk's speed changes within milliseconds with what else the machine does. */
    void compare(Commits store) throws IOException {
        ByteBuffer content = ByteBuffer.allocateDirect(bytes);
        try (FileChannel channel = open()) {
            for (int i = 0; i < PAIRS; i++) {
                commitNanos.add(store.commit());
                long position = (long) i * bytes % (FILE_BYTES - bytes);
                long start = System.nanoTime();
                content.clear();
                channel.write(content, position);
                channel.force(false);
                diskNanos.add(System.nanoTime() - start);
            }
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** @throws BenchmarkFailure when the store's median commit was clearly faster than the disk's median write */
    void check(String store) {
        double commitMicros = Rounds.medianMicros(commitNanos);
        double diskMicros = Rounds.medianMicros(diskNanos);
        if (commitMicros < TOLERANCE * diskMicros) {
            throw new BenchmarkFailure(String.format(
                    Locale.ROOT,
                    "a commit of %s takes %.0f us, but the disk takes %.0f us for the same %d bytes: it does not wait for the disk",
                    store,
                    commitMicros,
                    diskMicros,
                    bytes));
        }
    }
}
