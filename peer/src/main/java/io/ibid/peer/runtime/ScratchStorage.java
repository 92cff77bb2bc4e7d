package io.ibid.peer.runtime;

import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import io.ibid.peer.rocksdb.Profile;
import io.ibid.peer.rocksdb.RocksStorage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Disposable storage that comes into being at its first use: most databases never stage more than memory takes, and opening a second
 * RocksDB would double the time and memory of a start. Any thread.
 */
final class ScratchStorage implements Storage {
    private final Path directory;
    private @Nullable Storage storage;
    private boolean closed;

    ScratchStorage(Path directory) {
        this.directory = directory;
    }

    private synchronized Storage storage() {
        if (closed) {
            throw new IllegalStateException("the scratch storage is closed");
        }
        Storage opened = storage;
        if (opened == null) {
            FileTree.delete(directory);
            opened = new RocksStorage(directory, Profile.SMALL);
            storage = opened;
        }
        return opened;
    }

    @Override
    public Snapshot snapshot() {
        return storage().snapshot();
    }

    @Override
    public void write(Batch batch) {
        storage().write(batch);
    }

    @Override
    public void sync() {
        storage().sync();
    }

    @Override
    public synchronized long syncs() {
        return storage == null ? 0 : storage.syncs();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (storage != null) {
            storage.close();
            storage = null;
            FileTree.delete(directory);
        }
    }
}
