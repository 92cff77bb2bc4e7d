package io.ibid.server;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds an answer between the statement that makes it and the client that reads it: in memory while it is short, then in a file that
 * has no name any more. So the memory per request is bounded, the status line can wait until the outcome is known, and the snapshot
 * is let go before the first byte is sent. Written by one thread, then sent by another.
 */
final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final Path directory;
    private final int memoryMax;
    private byte[] buffer = new byte[1024];
    private int buffered;
    private long size;
    private @Nullable FileChannel file;

    Spool(Path directory, int memoryMax) {
        this.directory = directory;
        this.memoryMax = memoryMax;
    }

    long size() {
        return size;
    }

    boolean isInFile() {
        return file != null;
    }

    void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    void write(byte[] bytes, int offset, int length) {
        size += length;
        int from = offset;
        int left = length;
        while (left > 0) {
            if (buffered == buffer.length) {
                makeRoom(left);
            }
            int count = Math.min(left, buffer.length - buffered);
            System.arraycopy(bytes, from, buffer, buffered, count);
            buffered += count;
            from += count;
            left -= count;
        }
    }

    private void makeRoom(int wanted) {
        if (buffer.length < memoryMax) {
            long grown = Math.max(2L * buffer.length, (long) buffered + wanted);
            buffer = Arrays.copyOf(buffer, (int) Math.min(memoryMax, grown));
        } else {
            flush();
        }
    }

    private void flush() {
        try {
            FileChannel target = file;
            if (target == null) {
                file = target = open();
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, buffered);
            while (bytes.hasRemaining()) {
                target.write(bytes);
            }
            buffered = 0;
        } catch (IOException e) {
            throw new IbidException(
                    ErrorCode.STORE_BACKEND, "cannot keep a long answer in " + directory + ": " + e.getMessage(), e);
        }
    }

    private FileChannel open() throws IOException {
        Path path = directory.resolve(
                "answer-" + Long.toHexString(ThreadLocalRandom.current().nextLong()));
        // On POSIX systems the file loses its name right here, so that even a killed process leaves nothing behind.
        return FileChannel.open(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Sends everything, in pieces of the size of the buffer. Once. */
    void sendTo(OutputStream out) throws IOException {
        FileChannel source = file;
        if (source == null) {
            out.write(buffer, 0, buffered);
            return;
        }
        flush();
        source.position(0);
        ByteBuffer piece = ByteBuffer.wrap(buffer);
        while (source.read(piece.clear()) > 0) {
            out.write(buffer, 0, piece.position());
        }
    }

    @Override
    public void close() {
        buffer = new byte[0];
        buffered = 0;
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            LOG.warn("Cannot close a spool file in {}", directory, e);
        }
    }
}
