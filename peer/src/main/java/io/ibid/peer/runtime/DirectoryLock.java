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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to a directory: an exclusive lock of the system on {@code __ditto_lock}, which ends with the process however
 * it ends. The file holds the owner's process id for the message that the next one gets.
 */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "__ditto_lock";

    /**
     * The directories that this process has locked. Asked before the file is touched: POSIX drops a process's lock on a file as soon as
     * the process closes any descriptor of it, so an attempt that is refused here would hand the directory to other processes.
     */
    private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;
    private final FileLock lock;

    private DirectoryLock(Path directory, FileChannel channel, FileLock lock) {
        this.directory = directory;
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
            Path real = directory.toRealPath();
            if (!LOCKED_HERE.add(real)) {
                throw inUse(directory, "this process");
            }
            boolean acquired = false;
            try {
                DirectoryLock held = lock(directory, real, file);
                acquired = true;
                return held;
            } finally {
                if (!acquired) {
                    LOCKED_HERE.remove(real);
                }
            }
        } catch (IOException e) {
            throw new IbidException(ErrorCode.STORE_BACKEND, "Cannot lock " + file + ": " + e.getMessage(), e);
        }
    }

    private static DirectoryLock lock(Path directory, Path real, Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        DirectoryLock held = null;
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw inUse(directory, owner(channel));
            }
            // Always as long, because cutting a file off and writing it again costs a turn of the file system's
            // journal.
            byte[] pid = "%-19d\n".formatted(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(pid), 0);
            held = new DirectoryLock(real, channel, lock);
            return held;
        } finally {
            if (held == null) {
                channel.close();
            }
        }
    }

    private static IbidException inUse(Path directory, String owner) {
        return new IbidException(
                ErrorCode.STORE_DIRECTORY_LOCKED,
                "The directory " + directory + " is in use by " + owner
                        + "; a database is open in one process at a time");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) { // a copy of this class in another class loader has it
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

    /** Idempotent. */
    @Override
    public void close() {
        try {
            if (channel.isOpen()) {
                lock.release();
                channel.close();
                LOCKED_HERE.remove(directory);
            }
        } catch (IOException e) {
            throw new IbidException(
                    ErrorCode.STORE_BACKEND, "Cannot release the lock of " + directory + ": " + e.getMessage(), e);
        }
    }
}
