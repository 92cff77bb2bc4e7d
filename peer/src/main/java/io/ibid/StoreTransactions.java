package io.ibid;

import io.ibid.core.error.IbidException;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.runtime.TransactionOptions;
import io.ibid.peer.sdk.Stages;
import io.ibid.peer.sdk.StatementWarnings;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The transactions of one store. Thread-safe. */
final class StoreTransactions {
    private static final AtomicLong IDS = new AtomicLong();

    private final OpenDatabase database;
    private final Stages stages;
    private final StatementWarnings warnings;
    private final Set<Thread> holders = ConcurrentHashMap.newKeySet();

    StoreTransactions(OpenDatabase database, Stages stages, StatementWarnings warnings) {
        this.database = database;
        this.stages = stages;
        this.warnings = warnings;
    }

    <T> CompletionStage<DittoTransaction.Result<T>> run(
            @Nullable String hint, boolean readOnly, DittoTransactionFunction<T> function) {
        Objects.requireNonNull(function, "function");
        if (database.isPartOfTransaction()) {
            // It would wait for what is queued behind the transaction around it; one that may write is refused.
            return stages.submitBeside(
                    () -> database.asPartOfTransaction(() -> run(hint, readOnly, function, () -> {})),
                    result -> result);
        }
        return stages.submitAside(begun -> run(hint, readOnly, function, begun));
    }

    private <T> DittoTransaction.Result<T> run(
            @Nullable String hint, boolean readOnly, DittoTransactionFunction<T> function, Runnable begun)
            throws Exception {
        TransactionTurn turn = new TransactionTurn(database, stages, warnings, readOnly);
        DittoTransaction transaction =
                new DittoTransaction(new DittoTransactionInfo("t" + IDS.incrementAndGet(), hint, readOnly), turn);
        holders.add(Thread.currentThread());
        try {
            // What the function gave is kept beside what the engine asks for, which is only whether it counts.
            Object[] result = new Object[1];
            OpenDatabase.Committed<Object> committed =
                    database.transaction(new TransactionOptions(readOnly, hint), scope -> {
                        begun.run();
                        DittoTransaction.Result<T> ended = turn.serve(scope, transaction, function);
                        result[0] = ended;
                        return ended instanceof DittoTransaction.Result.Rollback ? OpenDatabase.ROLLBACK : ended;
                    });
            @SuppressWarnings("unchecked") // what the function returned
            DittoTransaction.Result<T> ended = (DittoTransaction.Result<T>) result[0];
            if (!readOnly && ended instanceof DittoTransaction.Result.Commit) {
                turn.committed(committed.commitId());
            }
            return ended;
        } catch (IbidException e) {
            throw DittoException.of(e);
        } catch (RuntimeException e) {
            throw TransactionTurn.unwrapped(e);
        } finally {
            holders.remove(Thread.currentThread());
            Thread.interrupted(); // it was this transaction that was to end
        }
    }

    /** Rolls back those that are still under way. */
    void abort() {
        holders.forEach(Thread::interrupt);
    }
}
