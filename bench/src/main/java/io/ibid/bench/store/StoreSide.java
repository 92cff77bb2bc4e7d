package io.ibid.bench.store;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents.Document;
import java.util.List;

/** A store under measurement, open on a folder of its own. Thread-safe. */
interface StoreSide extends AutoCloseable {

    /** Inserts new documents in one durable transaction. */
    void insert(List<Document> documents);

    /** Sets the field {@code counter} of one document, durably. */
    void update(String id, long value);

    /** Reads one document by id and all of its fields; returns how many top-level fields there were. */
    int select(String id);

    /**
     * Checks that everything acknowledged so far was made durable.
     *
     * @param threads how many threads wrote at once; so many acknowledgements may share a sync
     * @throws BenchmarkFailure when it was not
     */
    void checkDurability(int threads);

    @Override
    void close();

    /** Checks a store's own count of syncs against what it acknowledged. */
    static void checkSyncs(String store, long acknowledged, long syncs, int threads) {
        if (syncs * threads < acknowledged) {
            throw new BenchmarkFailure(store + " acknowledged " + acknowledged + " commits of " + threads
                    + " threads with " + syncs + " syncs");
        }
    }
}
