package io.ibid.peer.runtime;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to a directory: an exclusive lock of the system on {@code __ditto_lock}, which ends with the process however
 * it ends. The file holds the owner's process id for the message that the next one gets.
 */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "__ditto_lock";

    private final FileChannel channel;
    private final FileLock lock;

    private DirectoryLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Locks the directory, which is created when absent.
     *
     * @throws IbidException {@code store/persistence-directory-locked} when another process or this one has it open
     */
    static DirectoryLock acquire(Path directory) {
        FileTree.create(directory);
        Path file = directory.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String owner = owner(channel);
                channel.close();
                throw new IbidException(
                        ErrorCode.STORE_DIRECTORY_LOCKED,
                        "The directory " + directory + " is in use by " + owner
                                + "; a database is open in one process at a time");
            }
            byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
            return new DirectoryLock(channel, lock);
        } catch (IOException e) {
            throw new IbidException(ErrorCode.STORE_BACKEND, "Cannot lock " + file + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) { // this process has it; the channel knows no other way to say so
            return null;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return pid.isEmpty()
                ? "another process"
                : pid.equals(String.valueOf(ProcessHandle.current().pid())) ? "this process" : "process " + pid;
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new IbidException(ErrorCode.STORE_BACKEND, "Cannot release the lock: " + e.getMessage(), e);
        }
    }
}
