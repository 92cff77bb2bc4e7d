package io.ibid.peer.runtime;

import io.ibid.core.database.requests.Request;
import io.ibid.core.query.Result;
import io.ibid.core.query.Source;
import io.ibid.core.query.Statement;
import io.ibid.core.store.Savepoint;
import io.ibid.core.store.Transaction;
import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What the callback of a transaction executes its statements with. Its statements see each other's writes; nobody else sees any
 * before the commit. Confined to the callback's thread and to the time of the callback.
 */
public final class TransactionScope {
    private final Runs runs;
    private final Source source;
    private final @Nullable Transaction writing;
    private final Lease lease;

    private TransactionScope(Runs runs, Source source, @Nullable Transaction writing, Lease lease) {
        this.lease = lease;
        this.runs = runs;
        this.source = source;
        this.writing = writing;
    }

    static TransactionScope writing(Runs runs, Transaction transaction, Lease lease) {
        return new TransactionScope(runs, transaction.source(), transaction, lease);
    }

    static TransactionScope reading(Runs runs, Source snapshot) {
        return new TransactionScope(runs, snapshot, null, new Lease());
    }

    /** Whether its mutations are refused. */
    public boolean isReadOnly() {
        return writing == null;
    }

    /**
     * For a callback that waits for its next statement.
     *
     * @throws io.ibid.core.error.IbidException {@code store/transaction-timeout} when the transaction has executed nothing for too long
     */
    public void requireInTime() {
        lease.requireAlive();
    }

    /**
     * Runs one statement; the caller closes the result. A statement that fails leaves the transaction as it was before it.
     *
     * @throws io.ibid.core.error.IbidException {@code store/transaction-timeout} when the transaction has executed nothing for too long
     *     before, {@code store/transaction-read-only} for a mutation when it only reads, {@code
     *     query/unsupported} for indexes and settings, and whatever is wrong with the statement
     */
    public Result execute(String statement, Value.Struct arguments, ExecuteOptions options) {
        Request request = runs.begin(statement, options);
        try {
            Statement prepared = runs.prepare(request, statement, options);
            Result result = run(prepared, arguments, runs.limits(options, request));
            request.end(null);
            return result;
        } catch (Throwable e) {
            request.end(e);
            throw e;
        }
    }

    private Result run(Statement statement, Value.Struct arguments, StatementLimits limits) {
        lease.begin();
        Result result;
        try {
            result = changeOrRead(statement, arguments, limits);
        } catch (Throwable e) {
            lease.end();
            throw e;
        }
        return new LeasedResult(result, lease);
    }

    private Result changeOrRead(Statement statement, Value.Struct arguments, StatementLimits limits) {
        Transaction transaction = writing;
        if (transaction == null) {
            return statement.execute(source, arguments, limits);
        }
        Savepoint before = transaction.savepoint();
        try {
            return statement.execute(transaction, arguments, limits);
        } catch (Throwable e) {
            transaction.rollback(before);
            throw e;
        }
    }
}
