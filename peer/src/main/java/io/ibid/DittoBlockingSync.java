package io.ibid;

import io.ibid.serialization.DittoCborSerializable;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link DittoSync} with fewer declared exceptions: {@code ditto.sync}. Failures are {@link DittoException}s nevertheless. */
public final class DittoBlockingSync {
    /** The active subscriptions: a view that cannot be changed. */
    public final Set<DittoSyncSubscription> subscriptions;

    private final DittoSync sync;

    DittoBlockingSync(DittoSync sync) {
        this.sync = sync;
        this.subscriptions = sync.liveSubscriptions();
    }

    /** {@link DittoSync#start()}. */
    public void start() throws DittoException {
        sync.start();
    }

    public void stop() {
        sync.stop();
    }

    public boolean isActive() {
        return sync.isActive();
    }

    public DittoSyncSubscription registerSubscription(String query) {
        return registerSubscription(query, (Map<String, ?>) null);
    }

    public DittoSyncSubscription registerSubscription(
            String query, DittoCborSerializable.@Nullable Dictionary arguments) {
        return registerSubscription(query, (Map<String, ?>) arguments);
    }

    /** {@link DittoSync#registerSubscription(String, Map)}. */
    public DittoSyncSubscription registerSubscription(String query, @Nullable Map<String, ?> arguments) {
        try {
            return sync.registerSubscription(query, arguments);
        } catch (DittoException e) {
            throw DittoException.<RuntimeException>sneak(e);
        }
    }
}
