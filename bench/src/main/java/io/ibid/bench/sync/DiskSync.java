package io.ibid.bench.sync;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The disk alone: one block into a file that has its length already, and fdatasync. */
final class DiskSync implements AutoCloseable {

    private static final int FILE_BYTES = 4 << 20;
    private static final int BLOCK_BYTES = 4 << 10;

    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
    private long writes;

    DiskSync(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.write(ByteBuffer.allocate(FILE_BYTES), 0);
        channel.force(true);
    }

    /** Writes and syncs once; gives nanoseconds. */
    long once() throws IOException {
        long position = writes++ * BLOCK_BYTES % FILE_BYTES;
        long start = System.nanoTime();
        block.clear();
        channel.write(block, position);
        channel.force(false);
        return System.nanoTime() - start;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
