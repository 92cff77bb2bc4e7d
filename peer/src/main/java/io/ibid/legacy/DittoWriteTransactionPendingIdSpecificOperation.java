package io.ibid.legacy;

import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** {@link DittoPendingIdSpecificOperation} in a write transaction. */
public final class DittoWriteTransactionPendingIdSpecificOperation {
    private final DittoWriteTransaction transaction;
    private final Selection selection;

    DittoWriteTransactionPendingIdSpecificOperation(DittoWriteTransaction transaction, Selection selection) {
        this.transaction = transaction;
        this.selection = selection;
    }

    /** The document as this transaction sees it; null when there is none. */
    public @Nullable DittoDocument exec() {
        return Writes.single(transaction.runner(), selection);
    }

    /** Changes the document; gives what was done, nothing when there is none. */
    public List<DittoUpdateResult> update(DittoSingleDocumentUpdateCallback changes) {
        List<DittoUpdateResult> results = Writes.updateSingle(transaction.runner(), selection, changes);
        if (!results.isEmpty()) {
            DittoDocumentId id = results.getFirst().getDocId();
            transaction.done(new DittoWriteTransactionResult.Updated(id, selection.collection()));
        }
        return results;
    }

    /** Deletes it everywhere; false when there is none. */
    public boolean remove() {
        return written(selection.delete(), DittoWriteTransactionResult.Removed::new);
    }

    /** Forgets it here; false when there is none. */
    public boolean evict() {
        return written(selection.evict(), DittoWriteTransactionResult.Evicted::new);
    }

    private boolean written(String statement, BiFunction<DittoDocumentId, String, DittoWriteTransactionResult> result) {
        List<DittoDocumentId> ids = Writes.ids(transaction.runner().run(statement, selection.arguments()));
        ids.forEach(id -> transaction.done(result.apply(id, selection.collection())));
        return !ids.isEmpty();
    }
}
