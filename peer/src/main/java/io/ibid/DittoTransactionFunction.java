package io.ibid;

import java.util.concurrent.CompletionStage;

/** What a transaction does. */
@FunctionalInterface
public interface DittoTransactionFunction<T> {

    /**
     * Executes statements with the transaction, and says at the end whether they count. What it throws, and a stage that fails, undo them.
     *
     * @return a stage of {@link DittoTransaction.Result#commit} or {@link DittoTransaction.Result#rollback}
     */
    CompletionStage<? extends DittoTransaction.Result<T>> onTransaction(DittoTransaction transaction) throws Exception;
}
