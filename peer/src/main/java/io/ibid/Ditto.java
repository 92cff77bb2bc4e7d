package io.ibid;

import io.ibid.legacy.DittoCollection;
import io.ibid.legacy.DittoPeersCallback;
import io.ibid.legacy.DittoPeersObserver;
import io.ibid.legacy.LegacyStore;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.runtime.Release;
import io.ibid.peer.sdk.Stages;
import io.ibid.peer.sdk.Watches;
import io.ibid.peer.transport.ServerAddress;
import io.ibid.transports.DittoTransportConfig;
import java.io.File;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One open database. The getters are the API of version 5, whose calls give stages; the public fields {@link #store} and {@link #sync}
 * do the same in calls that block, and the other fields are what the getters give. Active until it is closed. Thread-safe.
 */
public final class Ditto implements DittoResource {
    /** The version of this library. */
    public static final String VERSION = Release.VERSION;

    /** Where databases lie that were given no directory, or a relative one. */
    public static final File DEFAULT_ROOT_DIRECTORY = DeviceDefaults.rootDirectory();

    private static final long CLOSE_MS_MAX = 10_000;
    private static final long ABORT_MS_MAX = 2_000;

    /** The store, in calls that block. */
    public final DittoBlockingStore store;

    /** Sync with other peers, in calls that declare no exceptions but at {@code start}. */
    public final DittoBlockingSync sync;

    /** The same as {@link #getPresence()}. */
    public final DittoPresence presence;

    /** The same as {@link #getAuth()}. */
    public final @Nullable DittoAuthenticator auth;

    /** The same as {@link #getSmallPeerInfo()}. */
    public final DittoSmallPeerInfo smallPeerInfo;

    /** The same as {@link #getDiskUsage()}. */
    public final DittoDiskUsage diskUsage;

    private final DittoConfig config;
    private final OpenDatabase database;
    private final Stages stages;
    private final Watches watches;
    private final DittoStore stagedStore;
    private final DittoSync stagedSync;
    private final LegacyStore legacyStore;
    private final TransportConditions conditions;
    private volatile String deviceName = DeviceDefaults.deviceName();
    private DittoTransportConfig transportConfig = DittoTransportConfig.standard();
    private final CountDownLatch finished = new CountDownLatch(1);
    private boolean closed;

    Ditto(DittoConfig config, OpenDatabase database) {
        String name = "ibid-" + database.databaseId();
        this.config = config;
        this.database = database;
        this.stages = new Stages(name, () -> Closed.error(database.databaseId()));
        this.watches = new Watches(name, stages);
        this.conditions = new TransportConditions(watches);
        this.stagedStore = new DittoStore(database, stages);
        this.presence = new DittoPresence(database, watches, stages, () -> deviceName);
        this.auth = config.getConnect() instanceof DittoConfig.Connect.Server(String url)
                ? new DittoAuthenticator(database, ServerAddress.parse(url), stages, watches, () -> this)
                : null;
        this.smallPeerInfo = new DittoSmallPeerInfo(database);
        this.diskUsage = new DittoDiskUsage(database, watches);
        this.stagedSync = new DittoSync(
                database, stages, this::getTransportConfig, config.getConnect(), auth, conditions, watches);
        this.legacyStore = new LegacyStore(database, e -> DittoException.sneak(DittoException.of(e)));
        this.store = new DittoBlockingStore(stagedStore, legacyStore);
        this.sync = new DittoBlockingSync(stagedSync);
        DittoLogger.opened(database.directory());
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

    /** Logins; null unless the instance connects to a server. */
    public @Nullable DittoAuthenticator getAuth() {
        return auth;
    }

    public DittoPresence getPresence() {
        return presence;
    }

    public DittoDiskUsage getDiskUsage() {
        return diskUsage;
    }

    public DittoSmallPeerInfo getSmallPeerInfo() {
        return smallPeerInfo;
    }

    /** What this was opened with; a private key reads {@code [REDACTED]}. */
    public DittoConfig getConfig() {
        return config.redacted();
    }

    public String getAbsolutePersistenceDirectory() {
        return database.directory().toString();
    }

    /** {@link #VERSION}. */
    public static String getSdkVersion() {
        return VERSION;
    }

    /** What others see this device as; the host's name by default. */
    public String getDeviceName() {
        return deviceName;
    }

    /** At most 24 bytes of UTF-8, the rest is cut off; others see it from the next start of sync on. */
    public void setDeviceName(String name) {
        Objects.requireNonNull(name, "deviceName");
        Closed.require(database);
        deviceName = DeviceDefaults.shortened(name);
    }

    /** A copy. */
    public synchronized DittoTransportConfig getTransportConfig() {
        return transportConfig.copy();
    }

    /** Replaces the whole configuration by a copy of this one, also while sync runs. A new one has every transport off. */
    public void setTransportConfig(DittoTransportConfig replacement) {
        Objects.requireNonNull(replacement, "transportConfig");
        Closed.require(database);
        synchronized (this) {
            transportConfig = replacement.copy();
        }
        stagedSync.transportConfigChanged();
    }

    /** Edits a transport configuration. */
    @FunctionalInterface
    public interface UpdateTransportConfig {
        void update(DittoTransportConfig.Builder config);
    }

    /** Edits the configuration and applies it, also while sync runs. */
    public void updateTransportConfig(UpdateTransportConfig update) {
        Objects.requireNonNull(update, "update");
        DittoTransportConfig.Builder builder = getTransportConfig().toBuilder();
        update.update(builder);
        setTransportConfig(builder.build());
    }

    /** Hears of conditions of transports. */
    @FunctionalInterface
    public interface TransportConditionListener {
        void onTransportConditionChanged(DittoTransportConditionEvent event) throws Exception;
    }

    /** Calls the listener with the condition of each transport soon, and when one has changed; one call at a time. */
    public DittoAsyncCancellable observeTransportConditions(TransportConditionListener listener) {
        Objects.requireNonNull(listener, "listener");
        Closed.require(database);
        return conditions.observe(listener);
    }

    /**
     * Accepts a licence token, which is never needed.
     *
     * @throws DittoException.ActivationException {@code activation/license-token-verification-failed} for a blank one
     */
    public void setOfflineOnlyLicenseToken(String token) throws DittoException {
        Objects.requireNonNull(token, "token");
        Closed.require(database);
        if (token.isBlank()) {
            throw DittoException.of(
                    "activation/license-token-verification-failed", "Please provide a valid license token.", null);
        }
    }

    /** Always. */
    public boolean isActivated() {
        return true;
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

    /**
     * Refuses new calls, finishes statements and transactions that were given (for at most 10 s, then they are rolled back), stops sync,
     * closes observers and subscriptions, gives the directory free. Idempotent; a second call waits for the first. Called from the function
     * of a transaction it returns before all of that is done, because it does not wait for its caller.
     */
    @Override
    public void close() {
        boolean first;
        synchronized (this) {
            first = !closed;
            closed = true;
        }
        stages.refuseNew();
        boolean waits = !database.isPartOfTransaction();
        if (first && !waits) {
            Thread.ofPlatform().name("ibid-" + database.databaseId() + "-close").start(this::finish);
        } else if (first) {
            finish();
        } else if (waits) {
            Stages.awaitUninterruptibly(finished);
        }
    }

    private void finish() {
        try {
            database.close(finishCalls() ? CLOSE_MS_MAX : ABORT_MS_MAX);
        } finally {
            stages.close();
            finished.countDown();
        }
    }

    /** Whether everything that was given came to its end by itself. */
    private boolean finishCalls() {
        stagedStore.closeObservers();
        legacyStore.close();
        boolean isDone = stages.awaitIdle(CLOSE_MS_MAX);
        if (!isDone) {
            stagedStore.abortTransactions();
            stages.awaitIdle(ABORT_MS_MAX);
        }
        if (auth != null) {
            auth.stopped();
        }
        stagedSync.closeAll();
        watches.close();
        DittoLogger.closing(database.directory());
        return isDone;
    }
}
