package io.ibid.peer.rocksdb;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A durable storage: one RocksDB with one column family in a directory of its own.
 *
 * <p>{@link #write} appends to the log without waiting for the disk, {@link #sync} waits for everything written before it, so that one
 * disk sync can carry many batches. After a failed write or sync nobody knows what the disk holds, so the storage refuses to write until it
 * is opened again; reads go on. Thread-safe.
 */
public final class RocksStorage implements Storage {

    private final Path directory;
    private final Settings settings;
    private final RocksDB database;
    private final Gate gate;
    private final Set<RocksSnapshot> snapshots = ConcurrentHashMap.newKeySet();
    private volatile @Nullable IbidException failure;
    private volatile long syncsAtClose;

    /**
     * Opens the storage in {@code directory}, creating both if needed. What a crash left in the log is replayed.
     *
     * @throws IbidException {@code store/corrupt} when a file is damaged, {@code store/persistence-directory-locked} when it is open
     *     elsewhere, {@code store/backend} when the directory cannot be used
     */
    public RocksStorage(Path directory, Profile profile) {
        this.directory = directory.toAbsolutePath().normalize();
        gate = new Gate("the store " + this.directory);
        prepareDirectory();
        LogCheck.check(this.directory);
        NativeLibrary.load();
        settings = new Settings(profile);
        try {
            database = RocksDB.open(settings.options, this.directory.toString());
        } catch (RocksDBException cause) {
            settings.close();
            throw Failures.of(this.directory, "open", cause);
        }
    }

    private void prepareDirectory() {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new IbidException(
                    ErrorCode.STORE_BACKEND, "cannot open the store " + directory + ": it is not a directory");
        }
        try {
            createDurably(directory);
        } catch (IOException cause) {
            throw new IbidException(
                    ErrorCode.STORE_BACKEND,
                    "cannot create the directory of the store " + directory + ": " + cause,
                    cause);
        }
        if (!Files.isWritable(directory)) {
            throw new IbidException(
                    ErrorCode.STORE_BACKEND, "cannot open the store " + directory + ": no permission to write there");
        }
    }

    /** Creates the directory so that its name survives a power cut: RocksDB cares for what is in it, but not for the way to it. */
    private static void createDurably(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (Files.exists(directory) || parent == null) {
            return;
        }
        createDurably(parent);
        Files.createDirectories(directory);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel names = FileChannel.open(parent, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    @Override
    public Snapshot snapshot() {
        gate.enter();
        try {
            RocksSnapshot snapshot = new RocksSnapshot(this, database);
            snapshots.add(snapshot);
            return snapshot;
        } finally {
            gate.leave();
        }
    }

    @Override
    public void write(Batch batch) {
        gate.enter();
        try (WriteBatch writes = new WriteBatch()) {
            checkWritable();
            for (Batch.Operation operation : batch.operations()) {
                switch (operation) {
                    case Batch.Put put -> writes.put(put.key(), put.value());
                    case Batch.Remove remove -> writes.delete(remove.key());
                    case Batch.RemoveOnce remove -> writes.singleDelete(remove.key());
                }
            }
            database.write(settings.unsynced, writes);
        } catch (RocksDBException cause) {
            throw refuseFromNow(failure("write to", cause));
        } finally {
            gate.leave();
        }
    }

    @Override
    public void sync() {
        gate.enter();
        try {
            checkWritable();
            database.syncWal();
        } catch (RocksDBException cause) {
            throw refuseFromNow(failure("sync", cause));
        } finally {
            gate.leave();
        }
    }

    @Override
    public long syncs() {
        try {
            gate.enter();
        } catch (IbidException closed) {
            return syncsAtClose;
        }
        try {
            return settings.walSyncs();
        } finally {
            gate.leave();
        }
    }

    /**
     * Writes everything to table files, so that the next open has no log to replay, and releases the directory.
     *
     * @throws IllegalStateException while snapshots are open; the storage then stays open
     * @throws IbidException {@code store/backend} when the last flush failed; the storage is closed all the same, and what was synced is
     *     in the log
     */
    @Override
    public void close() {
        if (!gate.shut()) {
            return;
        }
        if (!snapshots.isEmpty()) {
            gate.reopen();
            throw new IllegalStateException(
                    "the store " + directory + " cannot close: " + snapshots.size() + " of its snapshots are open");
        }
        try (FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
            if (failure == null) {
                database.flush(flush);
            }
        } catch (RocksDBException cause) {
            throw failure("flush", cause);
        } finally {
            syncsAtClose = settings.walSyncs();
            database.close();
            settings.close();
        }
    }

    void closed(RocksSnapshot snapshot) {
        snapshots.remove(snapshot);
    }

    IbidException failure(String action, RocksDBException cause) {
        return Failures.of(directory, action, cause);
    }

    private IbidException refuseFromNow(IbidException cause) {
        failure = cause;
        return cause;
    }

    private void checkWritable() {
        IbidException earlier = failure;
        if (earlier != null) {
            throw new IbidException(
                    ErrorCode.STORE_BACKEND,
                    "the store " + directory + " takes no writes until it is opened again, because one failed: "
                            + earlier.getMessage(),
                    earlier);
        }
    }
}
