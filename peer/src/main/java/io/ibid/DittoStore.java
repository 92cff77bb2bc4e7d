package io.ibid;

import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.sdk.PlainValues;
import io.ibid.peer.sdk.Stages;
import io.ibid.serialization.DittoCborSerializable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The local store. Statements run in the order in which they were given; their stages complete after the result is durable and visible,
 * on threads of their own, and fail with a {@link DittoException}. Nothing here waits for other peers: observe what arrives later.
 */
public final class DittoStore {
    private final OpenDatabase database;
    private final Stages stages;
    private final Set<DittoStoreObserver> observers = ConcurrentHashMap.newKeySet();

    DittoStore(OpenDatabase database, Stages stages) {
        this.database = database;
        this.stages = stages;
    }

    public CompletionStage<Void> execute(String query) {
        return execute(query, (Map<String, ?>) null);
    }

    public CompletionStage<Void> execute(String query, DittoCborSerializable.@Nullable Dictionary arguments) {
        return execute(query, (Map<String, ?>) arguments);
    }

    /** Runs a statement and drops its result. */
    @SuppressWarnings("NullAway") // Void has no other value
    public CompletionStage<Void> execute(String query, @Nullable Map<String, ?> arguments) {
        return submit(query, arguments, result -> {
            result.close();
            return null;
        });
    }

    public <R> CompletionStage<R> execute(String query, DittoQueryResultHandler<R> handler) {
        return handled(query, null, handler);
    }

    public <R> CompletionStage<R> execute(
            String query, DittoCborSerializable.@Nullable Dictionary arguments, DittoQueryResultHandler<R> handler) {
        return handled(query, arguments, handler);
    }

    /** Runs a statement and completes with what the handler makes of its result, which is closed then. */
    public <R> CompletionStage<R> execute(
            String query, @Nullable Map<String, ?> arguments, DittoQueryResultHandler<R> handler) {
        return handled(query, arguments, handler);
    }

    private <R> CompletionStage<R> handled(
            String query, @Nullable Map<String, ?> arguments, DittoQueryResultHandler<R> handler) {
        Objects.requireNonNull(handler, "handler");
        return submit(query, arguments, result -> {
            try (result) {
                return handler.onResult(result);
            }
        });
    }

    public CompletionStage<DittoQueryResult> executeRaw(String query) {
        return executeRaw(query, (Map<String, ?>) null);
    }

    public CompletionStage<DittoQueryResult> executeRaw(
            String query, DittoCborSerializable.@Nullable Dictionary arguments) {
        return executeRaw(query, (Map<String, ?>) arguments);
    }

    /** Runs a statement; who gets the result closes it. */
    public CompletionStage<DittoQueryResult> executeRaw(String query, @Nullable Map<String, ?> arguments) {
        return submit(query, arguments, result -> result);
    }

    private <R> CompletableFuture<R> submit(
            String query, @Nullable Map<String, ?> arguments, Stages.Continuation<DittoQueryResult, R> then) {
        Objects.requireNonNull(query, "query");
        return stages.submit(() -> executeNow(query, arguments), then);
    }

    /** In the calling thread. */
    DittoQueryResult executeNow(String query, @Nullable Map<String, ?> arguments) throws DittoException {
        try (Execution execution = database.execute(query, PlainValues.arguments(arguments), ExecuteOptions.STANDARD)) {
            return DittoQueryResult.of(execution);
        } catch (IbidException e) {
            throw DittoException.of(e);
        }
    }

    public DittoStoreObserver registerObserver(String query, DittoChangeListener listener) throws DittoException {
        return registerObserver(query, (Map<String, ?>) null, listener);
    }

    public DittoStoreObserver registerObserver(
            String query, DittoCborSerializable.@Nullable Dictionary arguments, DittoChangeListener listener)
            throws DittoException {
        return registerObserver(query, (Map<String, ?>) arguments, listener);
    }

    /**
     * Calls the listener with the current result soon, and with the newest one after each commit that changes it, local or from
     * another peer: one call at a time, never on the caller's thread, intermediate states left out when the listener is slow.
     */
    public DittoStoreObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListener listener) throws DittoException {
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(listener, "listener");
        try {
            Value.Struct values = PlainValues.arguments(arguments);
            DittoStoreObserver observer = new DittoStoreObserver(
                    query,
                    arguments == null ? null : values,
                    database.observe(query, values, ExecuteOptions.STANDARD, execution -> tell(listener, execution)),
                    observers::remove);
            observers.add(observer);
            return observer;
        } catch (IbidException e) {
            throw DittoException.of(e);
        }
    }

    private static void tell(DittoChangeListener listener, Execution execution) {
        try (DittoQueryResult result = DittoQueryResult.of(execution)) {
            listener.onChange(result);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // the listener may throw what it likes; it is logged and reaches the default handler
            throw new IllegalStateException("A listener failed: " + e.getMessage(), e);
        }
    }

    /** The active observers at this moment. */
    public Set<? extends DittoStoreObserver> getObservers() {
        return Set.copyOf(observers);
    }

    Set<DittoStoreObserver> liveObservers() {
        return Collections.unmodifiableSet(observers);
    }

    void closeObservers() {
        observers.forEach(DittoStoreObserver::cancel);
    }
}
