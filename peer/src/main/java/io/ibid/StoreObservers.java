package io.ibid;

import io.ibid.core.error.IbidException;
import io.ibid.core.live.Differ;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Observer;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.sdk.PlainValues;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The observers of one store: makes each kind of listener out of the one kind that the engine knows. Thread-safe. */
final class StoreObservers {
    private final OpenDatabase database;
    private final Set<DittoStoreObserver> active = ConcurrentHashMap.newKeySet();
    private final Set<ResultPublisher<?>.Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    StoreObservers(OpenDatabase database) {
        this.database = database;
    }

    DittoStoreObserver add(String query, @Nullable Map<String, ?> arguments, DittoChangeListener listener)
            throws DittoException {
        Objects.requireNonNull(listener, "listener");
        return register(query, arguments, (execution, next) -> {
            try (DittoQueryResult result = DittoQueryResult.of(execution)) {
                listener.onChange(result);
            }
            next.run();
        });
    }

    DittoStoreObserver addWithSignal(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListenerWithNextSignal listener)
            throws DittoException {
        Objects.requireNonNull(listener, "listener");
        return register(query, arguments, (execution, next) -> listener.onChange(DittoQueryResult.of(execution), next));
    }

    DittoStoreObserver addWithDiff(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListenerWithDiff listener)
            throws DittoException {
        Objects.requireNonNull(listener, "listener");
        // The interfaces are related for the sake of lambdas, so an object may come here under its other type.
        if (listener instanceof DittoChangeListenerWithNextSignal signalled) {
            return addWithSignal(query, arguments, signalled);
        }
        Differ differ = new Differ();
        return register(query, arguments, (execution, next) -> {
            try (DittoQueryResult result = DittoQueryResult.of(execution)) {
                listener.onChange(result, new DittoDiff(differ.difference(result.rows())));
            }
            next.run();
        });
    }

    DittoStoreObserver addWithDiffAndSignal(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListenerWithDiffAndNextSignal listener)
            throws DittoException {
        Objects.requireNonNull(listener, "listener");
        Differ differ = new Differ();
        return register(query, arguments, (execution, next) -> {
            DittoQueryResult result = DittoQueryResult.of(execution);
            listener.onChange(result, new DittoDiff(differ.difference(result.rows())), next);
        });
    }

    <R> Flow.Publisher<R> publisher(
            String query, @Nullable Map<String, ?> arguments, DittoQueryResultHandler<R> transform) {
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(transform, "transform");
        return new ResultPublisher<>(this, query, arguments, transform);
    }

    void opened(ResultPublisher<?>.Subscription subscription) {
        subscriptions.add(subscription);
    }

    void closed(ResultPublisher<?>.Subscription subscription) {
        subscriptions.remove(subscription);
    }

    DittoStoreObserver register(String query, @Nullable Map<String, ?> arguments, Observer.Listener listener)
            throws DittoException {
        Objects.requireNonNull(query, "query");
        try {
            Value.Struct values = PlainValues.arguments(arguments);
            DittoStoreObserver observer = new DittoStoreObserver(
                    query,
                    arguments == null ? null : values,
                    database.observe(query, values, ExecuteOptions.STANDARD, listener),
                    active::remove);
            active.add(observer);
            return observer;
        } catch (IbidException e) {
            throw DittoException.of(e);
        }
    }

    /** A view. */
    Set<DittoStoreObserver> active() {
        return Collections.unmodifiableSet(active);
    }

    void close() {
        active.forEach(DittoStoreObserver::cancel);
        subscriptions.forEach(ResultPublisher.Subscription::complete);
    }
}
