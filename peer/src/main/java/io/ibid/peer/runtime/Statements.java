package io.ibid.peer.runtime;

import io.ibid.core.database.Database;
import io.ibid.core.database.requests.Request;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Result;
import io.ibid.core.query.Source;
import io.ibid.core.query.Statement;
import io.ibid.core.store.Change;
import io.ibid.core.store.Decision;
import io.ibid.core.store.Published;
import io.ibid.core.store.Transaction;
import io.ibid.core.value.Value;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the statements and transactions of one open database, in the calling thread. Any thread but the loop's. */
final class Statements {
    private static final String NESTED = "Attempting to use `ditto.store.execute` while in a transaction scope."
            + " Use `transaction.execute` instead, or finish the transaction first";

    private final Database database;
    private final Loop loop;
    private final LocalWriter writer;
    private final Administration administration;
    private final InFlight calls;
    private final Supplier<IbidException> closedError;
    private final Runs runs;
    private final ThreadLocal<Boolean> inTransaction = ThreadLocal.withInitial(() -> false);

    Statements(
            Database database,
            Loop loop,
            LocalWriter writer,
            Administration administration,
            InFlight calls,
            Supplier<IbidException> closedError,
            Rights rights) {
        this.database = database;
        this.loop = loop;
        this.writer = writer;
        this.administration = administration;
        this.calls = calls;
        this.closedError = closedError;
        this.runs = new Runs(database, rights);
    }

    /** What the running statements have taken together, bytes. */
    long memoryBytes() {
        return runs.memoryBytes();
    }

    Statement prepare(String text, ExecuteOptions how) {
        return runs.prepare(text, how);
    }

    Execution execute(String text, Value.Struct arguments, ExecuteOptions how) {
        Request request = runs.begin(text, how);
        try {
            Statement statement = runs.prepare(request, text, how);
            StatementLimits limits = runs.limits(how, request);
            return switch (statement.kind().needs()) {
                case SOURCE -> read(statement, arguments, limits, request);
                case TARGET -> mutate(statement, arguments, limits, request);
                case SETTINGS, SCHEMA, ADVISED_SCHEMA -> administer(statement, arguments, limits, request);
            };
        } catch (Throwable e) {
            request.end(e);
            throw e;
        }
    }

    /** Runs a prepared SELECT on the newest published snapshot. */
    Execution read(Statement statement, Value.Struct arguments, ExecuteOptions how) {
        return read(statement, arguments, runs.limits(how, null), null);
    }

    private Execution read(
            Statement statement, Value.Struct arguments, StatementLimits limits, @Nullable Request request) {
        calls.enter(closedError);
        try {
            Published snapshot = database.published();
            try {
                Result result =
                        statement.execute(snapshot.source(database.settings().reading()), arguments, limits);
                return new Execution(result, snapshot.commitId(), request, () -> {
                    snapshot.close();
                    calls.exit();
                });
            } catch (Throwable e) {
                snapshot.close();
                throw e;
            }
        } catch (Throwable e) {
            calls.exit();
            throw e;
        }
    }

    private Execution administer(Statement statement, Value.Struct arguments, StatementLimits limits, Request request) {
        refuseNesting();
        calls.enter(closedError);
        try {
            Result result = administration.run(statement, arguments, limits);
            request.end(null);
            return new Execution(result, publishedCommit(), request, () -> {});
        } finally {
            calls.exit();
        }
    }

    private long publishedCommit() {
        try (Published snapshot = database.published()) {
            return snapshot.commitId();
        }
    }

    private Execution mutate(Statement statement, Value.Struct arguments, StatementLimits limits, Request request) {
        Result[] result = new Result[1];
        long commitId = write("A statement", null, transaction -> {
            result[0] = statement.execute(transaction, arguments, limits);
            return true;
        });
        request.end(null);
        return new Execution(result[0], commitId, request, () -> {});
    }

    <T> OpenDatabase.Committed<T> transaction(TransactionOptions how, Function<TransactionScope, T> callback) {
        return how.readOnly() ? reading(how, callback) : writing(how, callback);
    }

    private <T> OpenDatabase.Committed<T> writing(TransactionOptions how, Function<TransactionScope, T> callback) {
        OpenDatabase.Committed<?>[] committed = new OpenDatabase.Committed<?>[1];
        Lease lease = new Lease();
        long commitId = write(how.who(), lease, transaction -> {
            T value = callback.apply(TransactionScope.writing(runs, transaction, lease));
            committed[0] = new OpenDatabase.Committed<>(value, 0);
            return value != OpenDatabase.ROLLBACK;
        });
        @SuppressWarnings("unchecked") // what the callback returned
        T value = (T) committed[0].value();
        return new OpenDatabase.Committed<>(value, commitId);
    }

    private <T> OpenDatabase.Committed<T> reading(TransactionOptions how, Function<TransactionScope, T> callback) {
        calls.enter(closedError);
        AtomicReference<@Nullable Runnable> ended = new AtomicReference<>();
        loop.execute(() -> ended.set(database.watchReading(how.who())));
        try (Published snapshot = database.published()) {
            Source source = snapshot.source(database.settings().reading());
            return new OpenDatabase.Committed<>(
                    callback.apply(TransactionScope.reading(runs, source)), snapshot.commitId());
        } finally {
            loop.execute(() -> Objects.requireNonNull(ended.get()).run());
            calls.exit();
        }
    }

    /**
     * Runs {@code body} as the only writer; false undoes what it did. Gives the commit, or the newest one when nothing changed.
     *
     * @param lease for how long; null: the body is short, and other threads may run it
     */
    private long write(String who, @Nullable Lease lease, Predicate<Transaction> body) {
        refuseNesting();
        calls.enter(closedError);
        try {
            Decision decision = head -> {
                Transaction transaction = head.transaction(database.settings().writing());
                inTransaction.set(true);
                try {
                    return body.test(transaction) ? transaction.seal() : Change.NOTHING;
                } finally {
                    inTransaction.remove();
                }
            };
            LocalWriter.Outcome outcome =
                    lease == null ? writer.write(who, decision) : writer.write(who, lease, decision);
            rethrow(outcome.failure());
            return outcome.commitId();
        } finally {
            calls.exit();
        }
    }

    /** Whether the calling thread works for the callback of a transaction that may write. */
    boolean isPartOfTransaction() {
        return inTransaction.get();
    }

    /** Runs something that the callback of a transaction that may write waits for: to write beside the transaction is refused there. */
    <T> T asPartOfTransaction(Callable<T> part) throws Exception {
        boolean before = inTransaction.get();
        inTransaction.set(true);
        try {
            return part.call();
        } finally {
            if (!before) {
                inTransaction.remove();
            }
        }
    }

    /** In the callback of a transaction, its own thread would wait for itself. */
    void refuseNesting() {
        if (inTransaction.get()) {
            throw new IbidException(ErrorCode.QUERY_EXECUTION, NESTED);
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure != null) {
            throw Thrown.again(failure);
        }
    }
}
