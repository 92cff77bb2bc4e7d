package io.ibid;

import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.sdk.PlainValues;
import io.ibid.peer.sdk.Stages;
import io.ibid.peer.sdk.Watches;
import io.ibid.serialization.DittoCborSerializable;
import io.ibid.transports.DittoTransportConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sync with other peers. A peer receives what its own subscriptions select, and sends what those of the others select; nothing moves
 * before {@link #start()}. Thread-safe.
 */
public final class DittoSync {
    private final OpenDatabase database;
    private final Stages stages;
    private final Supplier<DittoTransportConfig> transportConfig;
    private final DittoConfig.Connect connect;
    private final @Nullable DittoAuthenticator auth;
    private final TransportConditions conditions;
    private final Arrivals arrivals;
    private final Set<DittoSyncSubscription> subscriptions = ConcurrentHashMap.newKeySet();

    DittoSync(
            OpenDatabase database,
            Stages stages,
            Supplier<DittoTransportConfig> transportConfig,
            DittoConfig.Connect connect,
            @Nullable DittoAuthenticator auth,
            TransportConditions conditions,
            Watches watches) {
        this.database = database;
        this.stages = stages;
        this.transportConfig = transportConfig;
        this.connect = connect;
        this.auth = auth;
        this.conditions = conditions;
        this.arrivals = new Arrivals(database, watches);
    }

    /**
     * Listens and connects as the transport configuration says, after the statements that were given before. Does nothing when it is
     * active already.
     *
     * @throws DittoException {@code transport/listen-failed} when a configured port cannot be had, {@code transport/identity-required}
     *     for a listener that is not on a loopback address while peers share no key, {@code
     *     authentication/expiration-handler-missing} for an instance that connects to a server and cannot log in, {@code sdk/unsupported}
     *     for what this version does not serve; nothing is open then
     */
    public void start() throws DittoException {
        if (database.isClosed()) {
            throw Closed.error(database.databaseId());
        }
        if (isActive()) {
            return;
        }
        List<String> dialled = new ArrayList<>();
        if (auth != null) {
            dialled.add(auth.start());
        }
        if (!database.isPartOfTransaction()) {
            stages.awaitSubmitted();
        }
        DittoTransportConfig config = transportConfig.get();
        TransportSettings.requireServed(config);
        dialled.addAll(config.getConnect().getTcpServers());
        TransportSettings.warnOfInert(config);
        TransportSettings.warnOfStrangers(connect);
        try {
            database.startSync(TransportSettings.listen(config), dialled);
            conditions.set(DittoConditionSource.Tcp, DittoTransportCondition.Ok);
            if (auth != null) {
                auth.started();
            }
        } catch (IbidException e) {
            conditions.set(DittoConditionSource.Tcp, TransportSettings.condition(e));
            throw DittoException.of(e);
        }
    }

    /** Goes over to the configuration that is in force now; what cannot be had is logged and shows as a condition. */
    void transportConfigChanged() {
        if (!isActive()) {
            return;
        }
        DittoTransportConfig config = transportConfig.get();
        TransportSettings.warnOfInert(config);
        conditions.set(DittoConditionSource.Tcp, DittoTransportCondition.Ok);
        List<String> dialled = new ArrayList<>(config.getConnect().getTcpServers());
        if (auth != null) {
            dialled.add(auth.server());
        }
        database.changeSync(TransportSettings.listen(config), dialled, failure -> {
            SdkLog.LOG.warn("The transport configuration is not in force whole: {}", failure.getMessage());
            conditions.set(DittoConditionSource.Tcp, TransportSettings.condition(failure));
        });
    }

    /** Closes all connections and stops listening. Subscriptions stay, and the store goes on working. Idempotent. */
    public void stop() {
        if (auth != null) {
            auth.stopped();
        }
        database.stopSync();
    }

    public boolean isActive() {
        return database.isSyncActive();
    }

    /**
     * Completes when a partner has everything durably up to a commit of this peer that it may have: "my write has arrived there". Waits as
     * long as that takes, also without a connection; {@code orTimeout} of its future ends it earlier.
     *
     * @param commitId of {@link DittoQueryResult#getCommitId}
     * @param peerKey of {@link DittoPeer#getPeerKey}
     */
    public CompletionStage<Void> whenSynced(long commitId, String peerKey) {
        Objects.requireNonNull(peerKey, "peerKey");
        return arrivals.when(commitId, partner -> partner.get("_id").equals(Value.of(peerKey)));
    }

    /** {@link #whenSynced} for any server: "my write is in the cloud". */
    public CompletionStage<Void> whenSyncedToServer(long commitId) {
        return arrivals.when(commitId, partner -> partner.get("role").equals(Value.of("server")));
    }

    public DittoSyncSubscription registerSubscription(String query) throws DittoException {
        return registerSubscription(query, (Map<String, ?>) null);
    }

    public DittoSyncSubscription registerSubscription(
            String query, DittoCborSerializable.@Nullable Dictionary arguments) throws DittoException {
        return registerSubscription(query, (Map<String, ?>) arguments);
    }

    /**
     * Wants what {@code SELECT * FROM collection [WHERE condition]} selects, from all peers, until the subscription is closed. What has
     * arrived stays then.
     *
     * @throws DittoException {@code query/unsupported} for any other query
     */
    public DittoSyncSubscription registerSubscription(String query, @Nullable Map<String, ?> arguments)
            throws DittoException {
        Objects.requireNonNull(query, "query");
        if (database.isClosed()) {
            throw Closed.error(database.databaseId());
        }
        try {
            Value.Struct values = PlainValues.arguments(arguments);
            DittoSyncSubscription subscription = new DittoSyncSubscription(
                    query, arguments == null ? null : values, database.subscribe(query, values), subscriptions::remove);
            subscriptions.add(subscription);
            return subscription;
        } catch (IbidException e) {
            throw DittoException.of(e);
        }
    }

    /** The active subscriptions at this moment. */
    public Set<? extends DittoSyncSubscription> getSubscriptions() {
        return Set.copyOf(subscriptions);
    }

    Set<DittoSyncSubscription> liveSubscriptions() {
        return Collections.unmodifiableSet(subscriptions);
    }

    void closeAll() {
        arrivals.close();
        stop();
        subscriptions.forEach(DittoSyncSubscription::cancel);
    }
}
