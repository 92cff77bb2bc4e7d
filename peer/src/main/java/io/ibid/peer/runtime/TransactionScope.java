package io.ibid.peer.runtime;

import io.ibid.core.query.Result;
import io.ibid.core.query.Statement;
import io.ibid.core.store.Savepoint;
import io.ibid.core.store.Transaction;
import io.ibid.core.value.Value;

/**
 * What the callback of a transaction executes its statements with. Its statements see each other's writes; nobody else sees any
 * before the commit. Confined to the callback's thread and to the time of the callback.
 */
public final class TransactionScope {
    private final Transaction transaction;
    private final Runs runs;

    TransactionScope(Transaction transaction, Runs runs) {
        this.transaction = transaction;
        this.runs = runs;
    }

    /** Runs one statement; the caller closes the result. A statement that fails leaves the transaction as it was before it. */
    public Result execute(String statement, Value.Struct arguments, ExecuteOptions options) {
        Statement prepared = runs.prepare(statement, options);
        StatementLimits limits = runs.limits(options);
        Savepoint before = transaction.savepoint();
        try {
            return prepared.execute(transaction, arguments, limits);
        } catch (Throwable e) {
            transaction.rollback(before);
            throw e;
        }
    }
}
