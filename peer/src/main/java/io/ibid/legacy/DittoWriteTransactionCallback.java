package io.ibid.legacy;

/** What a write transaction does. */
@FunctionalInterface
public interface DittoWriteTransactionCallback {

    /** Called once, on the caller's thread: what it throws undoes everything. */
    void write(DittoWriteTransaction transaction) throws Exception;
}
