package io.ibid;

import io.ibid.core.error.IbidException;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.sdk.PlainValues;
import io.ibid.peer.sdk.Stages;
import io.ibid.peer.sdk.StatementWarnings;
import io.ibid.serialization.DittoCborSerializable;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The local store. Statements run in the order in which they were given; their stages complete after the result is durable and visible,
 * on threads of their own, and fail with a {@link DittoException}. Nothing here waits for other peers: observe what arrives later.
 */
public final class DittoStore {
    private final OpenDatabase database;
    private final Stages stages;
    private final StoreObservers observers;
    private final StatementWarnings warnings = new StatementWarnings();

    DittoStore(OpenDatabase database, Stages stages) {
        this.database = database;
        this.stages = stages;
        this.observers = new StoreObservers(database);
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
            DittoQueryResult result = DittoQueryResult.of(execution);
            warnings.tell(query, execution.warnings());
            return result;
        } catch (IbidException e) {
            throw DittoException.of(e);
        }
    }

    public DittoStoreObserver registerObserver(String query, DittoChangeListener listener) throws DittoException {
        return observers.add(query, null, listener);
    }

    public DittoStoreObserver registerObserver(
            String query, DittoCborSerializable.@Nullable Dictionary arguments, DittoChangeListener listener)
            throws DittoException {
        return observers.add(query, arguments, listener);
    }

    /**
     * Calls the listener with the current result soon, and with the newest one after each commit that changes it, local or from
     * another peer: one call at a time, never on the caller's thread, intermediate states left out when the listener is slow.
     */
    public DittoStoreObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListener listener) throws DittoException {
        return observers.add(query, arguments, listener);
    }

    public DittoStoreObserver registerObserver(String query, DittoChangeListenerWithNextSignal listener)
            throws DittoException {
        return observers.addWithSignal(query, null, listener);
    }

    public DittoStoreObserver registerObserver(
            String query,
            DittoCborSerializable.@Nullable Dictionary arguments,
            DittoChangeListenerWithNextSignal listener)
            throws DittoException {
        return observers.addWithSignal(query, arguments, listener);
    }

    /** Likewise, but after a call the next one waits until the listener asks for it. */
    public DittoStoreObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListenerWithNextSignal listener)
            throws DittoException {
        return observers.addWithSignal(query, arguments, listener);
    }

    public DittoStoreObserver registerObserver(String query, DittoChangeListenerWithDiff listener)
            throws DittoException {
        return observers.addWithDiff(query, null, listener);
    }

    public DittoStoreObserver registerObserver(
            String query, DittoCborSerializable.@Nullable Dictionary arguments, DittoChangeListenerWithDiff listener)
            throws DittoException {
        return observers.addWithDiff(query, arguments, listener);
    }

    /** Likewise, with how each result differs from the one that the listener was given before. */
    public DittoStoreObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListenerWithDiff listener)
            throws DittoException {
        return observers.addWithDiff(query, arguments, listener);
    }

    public DittoStoreObserver registerObserver(String query, DittoChangeListenerWithDiffAndNextSignal listener)
            throws DittoException {
        return observers.addWithDiffAndSignal(query, null, listener);
    }

    public DittoStoreObserver registerObserver(
            String query,
            DittoCborSerializable.@Nullable Dictionary arguments,
            DittoChangeListenerWithDiffAndNextSignal listener)
            throws DittoException {
        return observers.addWithDiffAndSignal(query, arguments, listener);
    }

    /** Likewise, with the difference and with the signal. */
    public DittoStoreObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListenerWithDiffAndNextSignal listener)
            throws DittoException {
        return observers.addWithDiffAndSignal(query, arguments, listener);
    }

    public <R> Flow.Publisher<R> observe(String query, DittoQueryResultHandler<R> transform) {
        return observers.publisher(query, null, transform);
    }

    public <R> Flow.Publisher<R> observe(
            String query, DittoCborSerializable.@Nullable Dictionary arguments, DittoQueryResultHandler<R> transform) {
        return observers.publisher(query, arguments, transform);
    }

    /**
     * The results of a query as a reactive stream: what the function makes of each. Every subscriber has an observer of its own and is
     * given the newest result when it has asked for one; a query that cannot be observed is an error of the stream.
     */
    public <R> Flow.Publisher<R> observe(
            String query, @Nullable Map<String, ?> arguments, DittoQueryResultHandler<R> transform) {
        return observers.publisher(query, arguments, transform);
    }

    /** The active observers at this moment. */
    public Set<? extends DittoStoreObserver> getObservers() {
        return Set.copyOf(observers.active());
    }

    Set<DittoStoreObserver> liveObservers() {
        return observers.active();
    }

    void closeObservers() {
        observers.close();
    }
}
