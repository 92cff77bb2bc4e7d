package io.ibid;

import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.sdk.Stages;

/**
 * One open database. The getters are the API of version 5, whose calls give stages; the public field {@link #store}
 * does the same in calls that block. Thread-safe.
 */
public final class Ditto implements DittoResource {
    /** The version of this library. */
    public static final String VERSION = "0.1.0";

    /** The store, in calls that block. */
    public final DittoBlockingStore store;

    private final DittoConfig config;
    private final OpenDatabase database;
    private final DittoStore stagedStore;
    private boolean closed;

    Ditto(DittoConfig config, OpenDatabase database) {
        this.config = config;
        this.database = database;
        this.stagedStore = new DittoStore(database, new Stages("ibid-" + database.databaseId()));
        this.store = new DittoBlockingStore(stagedStore);
    }

    public DittoStore getStore() {
        return stagedStore;
    }

    /** What this was opened with. */
    public DittoConfig getConfig() {
        return config;
    }

    public String getAbsolutePersistenceDirectory() {
        return database.directory().toString();
    }

    @Override
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Finishes running statements, stops sync, closes observers and subscriptions, gives the directory free. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        stagedStore.closeObservers();
        database.close();
    }
}
