package io.ibid;

import io.ibid.legacy.DittoCollection;
import io.ibid.legacy.DittoPeersCallback;
import io.ibid.legacy.DittoPeersObserver;
import io.ibid.legacy.LegacyStore;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.runtime.Release;
import io.ibid.peer.sdk.Stages;
import io.ibid.transports.DittoTransportConfig;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One open database. The getters are the API of version 5, whose calls give stages; the public fields {@link #store} and {@link #sync}
 * do the same in calls that block. Thread-safe.
 */
public final class Ditto implements DittoResource {
    /** The version of this library. */
    public static final String VERSION = Release.VERSION;

    /** The store, in calls that block. */
    public final DittoBlockingStore store;

    /** Sync with other peers, in calls that declare no exceptions but at {@code start}. */
    public final DittoBlockingSync sync;

    private final DittoConfig config;
    private final OpenDatabase database;
    private final DittoStore stagedStore;
    private final DittoSync stagedSync;
    private final LegacyStore legacyStore;
    private DittoTransportConfig transportConfig = new DittoTransportConfig();
    private boolean closed;

    Ditto(DittoConfig config, OpenDatabase database) {
        this.config = config;
        this.database = database;
        this.stagedStore = new DittoStore(database, new Stages("ibid-" + database.databaseId()));
        this.stagedSync = new DittoSync(database, this::getTransportConfig);
        this.legacyStore = new LegacyStore(database, e -> DittoException.sneak(DittoException.of(e)));
        this.store = new DittoBlockingStore(stagedStore, legacyStore);
        this.sync = new DittoBlockingSync(stagedSync);
    }

    public DittoStore getStore() {
        return stagedStore;
    }

    public DittoSync getSync() {
        return stagedSync;
    }

    /** {@code ditto.store.collection(name)}. */
    public DittoCollection collection(String name) {
        return legacyStore.collection(name);
    }

    /** Calls back soon with the peers that this one is connected to, and again when there are others. */
    public DittoPeersObserver observePeers(DittoPeersCallback callback) {
        return legacyStore.observePeers(callback);
    }

    /** What this was opened with. */
    public DittoConfig getConfig() {
        return config;
    }

    public String getAbsolutePersistenceDirectory() {
        return database.directory().toString();
    }

    /** A copy. */
    public synchronized DittoTransportConfig getTransportConfig() {
        return transportConfig.copy();
    }

    /** Replaces the whole configuration by a copy of this one; takes effect at the next {@link DittoSync#start()}. */
    public synchronized void setTransportConfig(DittoTransportConfig replacement) {
        transportConfig = Objects.requireNonNull(replacement, "transportConfig").copy();
    }

    /** Edits the configuration; takes effect at the next {@link DittoSync#start()}. */
    public synchronized void updateTransportConfig(Consumer<DittoTransportConfig.Builder> update) {
        DittoTransportConfig.Builder builder = transportConfig.toBuilder();
        update.accept(builder);
        transportConfig = builder.build();
    }

    /** The same as {@code getSync().start()}. */
    public void startSync() throws DittoException {
        stagedSync.start();
    }

    /** The same as {@code getSync().stop()}. */
    public void stopSync() {
        stagedSync.stop();
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
        legacyStore.close();
        stagedSync.closeAll();
        database.close();
    }
}
