package io.ibid.peer.runtime;

import io.ibid.core.env.Blobs;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.storage.Storage;
import io.ibid.core.store.Residence;
import io.ibid.core.store.StoreIdentity;
import io.ibid.peer.rocksdb.RocksStorage;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The directory of one database, locked while it is open: {@code ditto_store} holds documents and sync metadata,
 * {@code ditto_replication} disposable staging, {@code ditto_attachments} blobs, {@code ditto_auth} the device key. A database in
 * memory has a temporary one for blobs and key.
 */
final class DatabaseDirectory implements AutoCloseable {
    private final Deque<Runnable> releases = new ArrayDeque<>();
    private final Path path;
    private final StoreIdentity identity;
    private final DeviceKey deviceKey;
    private final Storage durable;
    private final Storage scratch;
    private final Blobs blobs;

    DatabaseDirectory(DatabaseOptions options) {
        boolean inMemory = options.directory() == null;
        this.path = options.directory() == null
                ? FileTree.temporary()
                : options.directory().toAbsolutePath().normalize();
        try {
            if (inMemory) {
                releases.push(() -> FileTree.delete(path));
            }
            DirectoryLock lock = DirectoryLock.acquire(path);
            releases.push(lock::close);
            FormatMarker.check(path, options.databaseId());
            this.deviceKey = DeviceKey.open(path.resolve("ditto_auth"));
            this.identity = new StoreIdentity(
                    options.databaseId(),
                    deviceKey.publicPoint(),
                    inMemory ? Residence.UNKNOWN : new FolderResidence(path.resolve("ditto_auth")));
            this.durable =
                    inMemory ? new MemoryStorage() : new RocksStorage(path.resolve("ditto_store"), options.profile());
            releases.push(durable::close);
            this.scratch = new ScratchStorage(path.resolve("ditto_replication"));
            releases.push(scratch::close);
            this.blobs = new FileBlobs(path.resolve("ditto_attachments"));
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    StoreIdentity identity() {
        return identity;
    }

    DeviceKey deviceKey() {
        return deviceKey;
    }

    Storage durable() {
        return durable;
    }

    Storage scratch() {
        return scratch;
    }

    Blobs blobs() {
        return blobs;
    }

    /** Flushes, closes and unlocks, in the reverse order of opening, each even when another one fails. Idempotent. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!releases.isEmpty()) {
            try {
                releases.pop().run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
