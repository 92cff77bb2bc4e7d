package io.ibid.legacy;

import java.util.List;

/** Changes the documents of a cursor operation. */
@FunctionalInterface
public interface DittoUpdateCallback {

    /** Called once, in the transaction: what it throws undoes everything. */
    void update(List<DittoMutableDocument> documents) throws Exception;
}
