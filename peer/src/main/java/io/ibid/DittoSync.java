package io.ibid;

import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.sdk.PlainValues;
import io.ibid.serialization.DittoCborSerializable;
import io.ibid.transports.DittoTcpListenConfig;
import io.ibid.transports.DittoTransportConfig;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sync with other peers. A peer receives what its own subscriptions select, and sends what those of the others select; nothing moves
 * before {@link #start()}. Thread-safe.
 */
public final class DittoSync {
    private final OpenDatabase database;
    private final Supplier<DittoTransportConfig> transportConfig;
    private final Set<DittoSyncSubscription> subscriptions = ConcurrentHashMap.newKeySet();

    DittoSync(OpenDatabase database, Supplier<DittoTransportConfig> transportConfig) {
        this.database = database;
        this.transportConfig = transportConfig;
    }

    /**
     * Listens and connects as the transport configuration says. Does nothing when it is active already.
     *
     * @throws DittoException {@code transport/listen-failed} when a configured port cannot be had, {@code transport/identity-required}
     *     for a listener that is not on a loopback address; nothing is open then
     */
    public void start() throws DittoException {
        DittoTransportConfig config = transportConfig.get();
        DittoTcpListenConfig tcp = config.getListen().getTcp();
        List<String> listen = tcp.isEnabled() ? List.of(tcp.getInterfaceIp() + ":" + tcp.getPort()) : List.of();
        try {
            database.startSync(listen, List.copyOf(config.getConnect().getTcpServers()));
        } catch (IbidException e) {
            throw DittoException.of(e);
        }
    }

    /** Closes all connections and stops listening. Subscriptions stay, and the store goes on working. Idempotent. */
    public void stop() {
        database.stopSync();
    }

    public boolean isActive() {
        return database.isSyncActive();
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
        stop();
        subscriptions.forEach(DittoSyncSubscription::cancel);
    }
}
