package io.ibid;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Result;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.runtime.TransactionScope;
import io.ibid.peer.sdk.PlainValues;
import io.ibid.peer.sdk.Stages;
import io.ibid.peer.sdk.StatementWarnings;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One transaction under way. The thread that holds the writer turn runs its statements, one after the other as they come; the application's
 * function, and what hangs on the stages of its statements, run on other threads, which are marked, so that whoever calls the store there is told
 * instead of waiting for itself.
 */
final class TransactionTurn {
    private static final long LOOK_MS = 1_000;

    private final OpenDatabase database;
    private final Stages stages;
    private final StatementWarnings warnings;
    private final boolean marks;
    private final LinkedBlockingQueue<Statement<?>> statements = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Long> commitId = new AtomicReference<>();
    private final Statement<?> wake = new Statement<>("", null, result -> result);
    private boolean over;

    TransactionTurn(OpenDatabase database, Stages stages, StatementWarnings warnings, boolean readOnly) {
        this.database = database;
        this.stages = stages;
        this.warnings = warnings;
        this.marks = !readOnly;
    }

    /** A failure of the application's function, or of its stage, on the way out of the transaction. */
    private static final class FunctionFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FunctionFailure(Throwable cause) {
            super(cause);
        }
    }

    /** What the function's failure is to those who wait for the transaction. */
    static Exception unwrapped(RuntimeException failure) {
        Throwable cause = failure instanceof FunctionFailure ? failure.getCause() : failure;
        return cause instanceof Exception e ? e : new CompletionException(cause);
    }

    /** In the thread that holds the turn: from the function's call to its end. */
    @SuppressWarnings("FutureReturnValueIgnored") // adding to the queue does not fail
    <T> DittoTransaction.Result<T> serve(
            TransactionScope scope, DittoTransaction transaction, DittoTransactionFunction<T> function) {
        CompletableFuture<DittoTransaction.Result<T>> outcome = new CompletableFuture<>();
        callback(() -> call(function, transaction, outcome));
        outcome.whenComplete((result, failure) -> statements.add(wake));
        try {
            while (!outcome.isDone()) {
                Statement<?> next = next(scope);
                if (next != null && !outcome.isDone()) {
                    next.run(scope);
                }
            }
            return outcome.join();
        } catch (CompletionException e) {
            throw new FunctionFailure(Objects.requireNonNull(e.getCause()));
        } finally {
            end();
        }
    }

    private static <T> void call(
            DittoTransactionFunction<T> function,
            DittoTransaction transaction,
            CompletableFuture<DittoTransaction.Result<T>> outcome) {
        try {
            Objects.requireNonNull(function.onTransaction(transaction), "the stage of a transaction's function")
                    .whenComplete((result, failure) -> {
                        if (failure == null && result != null) {
                            outcome.complete(result);
                        } else {
                            outcome.completeExceptionally(
                                    failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                            ? wrapped.getCause()
                                            : failure == null
                                                    ? new NullPointerException("the result of a transaction's function")
                                                    : failure);
                        }
                    });
        } catch (Throwable e) { // the application's code; whoever waits for the transaction is told
            outcome.completeExceptionally(e);
        }
    }

    private @Nullable Statement<?> next(TransactionScope scope) {
        try {
            Statement<?> next = statements.poll(LOOK_MS, TimeUnit.MILLISECONDS);
            if (next == null) {
                scope.requireInTime();
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IbidException(
                    ErrorCode.STORE_CLOSED, "The database is closed; the transaction was rolled back", e);
        }
    }

    /** The commit that the statements' results tell from now on. */
    void committed(long id) {
        commitId.set(id);
    }

    <R> CompletableFuture<R> execute(
            String query, @Nullable Map<String, ?> arguments, Stages.Continuation<DittoQueryResult, R> then) {
        Objects.requireNonNull(query, "query");
        Statement<R> statement = new Statement<>(query, arguments, then);
        synchronized (statements) {
            if (!over) {
                statements.add(statement);
                return statement.stage;
            }
        }
        statement.refuse();
        return statement.stage;
    }

    private void end() {
        synchronized (statements) {
            over = true;
            statements.remove(wake);
            statements.forEach(Statement::refuse);
            statements.clear();
        }
    }

    private void callback(Runnable part) {
        stages.callback(marks ? () -> marked(part) : part);
    }

    private void marked(Runnable part) {
        try {
            database.asPartOfTransaction(Executors.callable(part));
        } catch (Exception e) {
            throw new AssertionError("a part that catches everything threw", e);
        }
    }

    private final class Statement<R> {
        private final CompletableFuture<R> stage = new CompletableFuture<>();
        private final String query;
        private final @Nullable Map<String, ?> arguments;
        private final Stages.Continuation<DittoQueryResult, R> then;

        Statement(String query, @Nullable Map<String, ?> arguments, Stages.Continuation<DittoQueryResult, R> then) {
            this.query = query;
            this.arguments = arguments;
            this.then = then;
        }

        void run(TransactionScope scope) {
            try {
                Value.Struct values = PlainValues.arguments(arguments);
                DittoQueryResult result;
                try (Result rows = scope.execute(query, values, ExecuteOptions.STANDARD)) {
                    result = DittoQueryResult.of(rows, commitId);
                    warnings.tell(query, rows.warnings());
                }
                callback(() -> complete(result));
            } catch (IbidException e) {
                callback(() -> stage.completeExceptionally(DittoException.of(e)));
            } catch (Throwable e) { // the stage carries it
                callback(() -> stage.completeExceptionally(e));
            }
        }

        private void complete(DittoQueryResult result) {
            try {
                stage.complete(then.apply(result));
            } catch (Throwable e) { // the stage carries it
                stage.completeExceptionally(e);
            }
        }

        void refuse() {
            stages.callback(() -> stage.completeExceptionally(
                    DittoException.of(ErrorCode.QUERY_EXECUTION.text(), "The transaction has ended", null)));
        }
    }
}
