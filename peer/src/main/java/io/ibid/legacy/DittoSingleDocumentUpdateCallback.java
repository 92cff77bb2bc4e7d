package io.ibid.legacy;

/** Changes one document. */
@FunctionalInterface
public interface DittoSingleDocumentUpdateCallback {

    /** Called once, in the transaction, and not at all when there is no such document: what it throws undoes everything. */
    void update(DittoMutableDocument document) throws Exception;
}
