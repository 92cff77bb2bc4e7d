package io.ibid.legacy;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A collection in a write transaction; it sees what the transaction has written. */
public final class DittoScopedWriteTransaction {
    private final Engine engine;
    private final DittoWriteTransaction transaction;
    private final String collection;

    DittoScopedWriteTransaction(Engine engine, DittoWriteTransaction transaction, String collection) {
        this.engine = engine;
        this.transaction = transaction;
        this.collection = collection;
    }

    public String getCollectionName() {
        return collection;
    }

    /** {@link DittoCollection#upsert(Map)}. */
    public DittoDocumentId upsert(Map<String, ?> document) {
        return upsert(document, DittoWriteStrategy.Merge);
    }

    /** {@link DittoCollection#upsert(Map, DittoWriteStrategy)}. */
    public DittoDocumentId upsert(Map<String, ?> document, DittoWriteStrategy strategy) {
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(strategy, "strategy");
        DittoDocumentId id =
                engine.translated(() -> Writes.upsert(transaction.runner(), collection, document, strategy));
        transaction.done(new DittoWriteTransactionResult.Inserted(id, collection));
        return id;
    }

    /** The same as {@link #upsert(Map)}. */
    public DittoDocumentId insert(Map<String, ?> document) {
        return upsert(document);
    }

    /** All documents. */
    public DittoWriteTransactionPendingCursorOperation findAll() {
        return new DittoWriteTransactionPendingCursorOperation(engine, transaction, Selection.all(collection));
    }

    /** {@link DittoCollection#find(String)}. */
    public DittoWriteTransactionPendingCursorOperation find(String query) {
        return find(query, Map.of());
    }

    /** {@link DittoCollection#find(String, Map)}. */
    public DittoWriteTransactionPendingCursorOperation find(String query, @Nullable Map<String, ?> arguments) {
        Objects.requireNonNull(query, "query");
        Selection selection =
                engine.translated(() -> Selection.matching(collection, query, PlainContent.arguments(arguments)));
        return new DittoWriteTransactionPendingCursorOperation(engine, transaction, selection);
    }

    /** The document with an id. */
    public DittoWriteTransactionPendingIdSpecificOperation findById(DittoDocumentId id) {
        Objects.requireNonNull(id, "id");
        return new DittoWriteTransactionPendingIdSpecificOperation(transaction, Selection.of(collection, id));
    }

    /** The document with an id, given as a plain object. */
    public DittoWriteTransactionPendingIdSpecificOperation findById(Object id) {
        return findById(id instanceof DittoDocumentId known ? known : engine.translated(() -> new DittoDocumentId(id)));
    }

    /** The same as {@link #findById(DittoDocumentId)}. */
    public DittoWriteTransactionPendingIdSpecificOperation findByID(DittoDocumentId id) {
        return findById(id);
    }

    /** The same as {@link #findById(Object)}. */
    public DittoWriteTransactionPendingIdSpecificOperation findByID(Object id) {
        return findById(id);
    }
}
