package io.ibid;

import io.ibid.serialization.DittoCborSerializable;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the function of a transaction executes its statements with. They run one after the other, in the order of the calls, and see each
 * other's writes; nobody else sees any before the commit. A statement that fails changes nothing, and the transaction goes on if its function does.
 */
public final class DittoTransaction implements DittoQueryExecuting {
    private final DittoTransactionInfo info;
    private final TransactionTurn turn;

    DittoTransaction(DittoTransactionInfo info, TransactionTurn turn) {
        this.info = info;
        this.turn = turn;
    }

    public DittoTransactionInfo getInfo() {
        return info;
    }

    @Override
    public CompletionStage<DittoQueryResult> execute(String query) {
        return executeRaw(query);
    }

    @Override
    public CompletionStage<DittoQueryResult> execute(
            String query, DittoCborSerializable.@Nullable Dictionary arguments) {
        return executeRaw(query, arguments);
    }

    /** The same as {@link #executeRaw(String, Map)}. */
    public CompletionStage<DittoQueryResult> execute(String query, @Nullable Map<String, ?> arguments) {
        return executeRaw(query, arguments);
    }

    public <R> CompletionStage<R> execute(String query, DittoQueryResultHandler<R> handler) {
        return execute(query, (Map<String, ?>) null, handler);
    }

    public <R> CompletionStage<R> execute(
            String query, DittoCborSerializable.@Nullable Dictionary arguments, DittoQueryResultHandler<R> handler) {
        return execute(query, (Map<String, ?>) arguments, handler);
    }

    /** Runs a statement and completes with what the handler makes of its result, which is closed then. */
    public <R> CompletionStage<R> execute(
            String query, @Nullable Map<String, ?> arguments, DittoQueryResultHandler<R> handler) {
        Objects.requireNonNull(handler, "handler");
        return turn.execute(query, arguments, result -> {
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

    /**
     * Runs a statement; who gets the result closes it. Its commit id is null until the transaction has committed.
     *
     * <p>The stage fails with {@code store/transaction-read-only} for a mutation in a transaction that only reads, with {@code
     * store/transaction-timeout} when the transaction has executed nothing for too long, with {@code query/execution} after its end.
     */
    public CompletionStage<DittoQueryResult> executeRaw(String query, @Nullable Map<String, ?> arguments) {
        return turn.execute(query, arguments, result -> result);
    }

    /**
     * How a transaction ends.
     *
     * @param <T> what it gives when it commits
     */
    public sealed interface Result<T extends @Nullable Object> {

        /** The transaction counts. */
        static <T extends @Nullable Object> Result<T> commit(T value) {
            return new Commit<>(value);
        }

        /** The transaction changes nothing. */
        static <T extends @Nullable Object> Result<T> rollback() {
            return new Rollback<>();
        }

        /** What was committed; null after a rollback. */
        @Nullable
        T getValueOrNull();

        /** The transaction counts. */
        record Commit<T extends @Nullable Object>(T value) implements Result<T> {
            @Override
            public @Nullable T getValueOrNull() {
                return value;
            }
        }

        /** The transaction changes nothing. */
        record Rollback<T extends @Nullable Object>() implements Result<T> {
            @Override
            public @Nullable T getValueOrNull() {
                return null;
            }
        }
    }
}
