package io.ibid.legacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes that become visible and are sent together. Confined to the callback that it is given to. */
public final class DittoWriteTransaction {
    private final Engine engine;
    private final Runner transaction;
    private final List<DittoWriteTransactionResult> results = new ArrayList<>();

    DittoWriteTransaction(Engine engine, Runner transaction) {
        this.engine = engine;
        this.transaction = transaction;
    }

    /** A collection in this transaction. */
    public DittoScopedWriteTransaction scoped(String collection) {
        return new DittoScopedWriteTransaction(engine, this, Objects.requireNonNull(collection, "collection"));
    }

    /** The same as {@link #scoped}. */
    public DittoScopedWriteTransaction get(String collection) {
        return scoped(collection);
    }

    Runner runner() {
        return transaction;
    }

    void done(DittoWriteTransactionResult result) {
        results.add(result);
    }

    List<DittoWriteTransactionResult> results() {
        return List.copyOf(results);
    }
}
