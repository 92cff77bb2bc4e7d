package io.ibid.legacy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;

/** {@link DittoPendingCursorOperation} in a write transaction. */
public final class DittoWriteTransactionPendingCursorOperation {
    private final Engine engine;
    private final DittoWriteTransaction transaction;
    private Selection selection;

    DittoWriteTransactionPendingCursorOperation(Engine engine, DittoWriteTransaction transaction, Selection selection) {
        this.engine = engine;
        this.transaction = transaction;
        this.selection = selection;
    }

    /** {@link DittoPendingCursorOperation#sort}. */
    public DittoWriteTransactionPendingCursorOperation sort(String path, DittoSortDirection direction) {
        Objects.requireNonNull(direction, "direction");
        selection = engine.translated(() -> selection.sorted(path, direction));
        return this;
    }

    /** At most so many; a negative number means all. */
    public DittoWriteTransactionPendingCursorOperation limit(int limit) {
        selection = selection.limited(limit);
        return this;
    }

    /** Leaves out so many before the first one. */
    public DittoWriteTransactionPendingCursorOperation offset(int offset) {
        selection = selection.offset(offset);
        return this;
    }

    /** The documents as this transaction sees them. */
    public List<DittoDocument> exec() {
        return DittoDocument.listOf(transaction
                .runner()
                .run(selection.select(), selection.arguments())
                .rows());
    }

    /** {@link DittoPendingCursorOperation#update}. */
    public Map<DittoDocumentId, List<DittoUpdateResult>> update(DittoUpdateCallback changes) {
        Map<DittoDocumentId, List<DittoUpdateResult>> results = Writes.update(
                transaction.runner(), selection, documents -> Thrown.call(() -> changes.update(documents)));
        results.forEach((id, done) -> {
            if (!done.isEmpty()) {
                transaction.done(new DittoWriteTransactionResult.Updated(id, selection.collection()));
            }
        });
        return results;
    }

    /** Deletes them everywhere; gives their ids. */
    public List<DittoDocumentId> remove() {
        return written(selection.delete(), DittoWriteTransactionResult.Removed::new);
    }

    /** Forgets them here; gives their ids. */
    public List<DittoDocumentId> evict() {
        return written(selection.evict(), DittoWriteTransactionResult.Evicted::new);
    }

    private List<DittoDocumentId> written(
            String statement, BiFunction<DittoDocumentId, String, DittoWriteTransactionResult> result) {
        List<DittoDocumentId> ids = Writes.ids(transaction.runner().run(statement, selection.arguments()));
        ids.forEach(id -> transaction.done(result.apply(id, selection.collection())));
        return ids;
    }
}
