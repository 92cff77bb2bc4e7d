package io.ibid.legacy;

/** One document that a write transaction has written. */
public sealed interface DittoWriteTransactionResult {

    DittoDocumentId getDocId();

    String getCollectionName();

    /** An upsert wrote it. */
    record Inserted(DittoDocumentId getDocId, String getCollectionName) implements DittoWriteTransactionResult {}

    /** An update changed it. */
    record Updated(DittoDocumentId getDocId, String getCollectionName) implements DittoWriteTransactionResult {}

    /** It was removed everywhere. */
    record Removed(DittoDocumentId getDocId, String getCollectionName) implements DittoWriteTransactionResult {}

    /** It was evicted here. */
    record Evicted(DittoDocumentId getDocId, String getCollectionName) implements DittoWriteTransactionResult {}
}
