package io.ibid.core.store;

import io.ibid.core.index.Entry;
import io.ibid.core.index.Index;
import io.ibid.core.query.IndexShape;
import java.util.List;

/**
 * What is done to the indexes of this node in one batch. Indexes are never synced and not part of what replicas agree on. Immutable.
 */
public sealed interface IndexStep {

    /** A new index, without entries. */
    record Create(IndexShape shape) implements IndexStep {}

    /** The index is not used from now on; its entries are removed by and by. */
    record Drop(int number) implements IndexStep {}

    /**
     * The entries of some more documents.
     *
     * @param entries of all documents between the state before and this one
     */
    record Build(int number, Index.State state, List<Entry> entries) implements IndexStep {
        public Build {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Entries of a dropped index are removed.
     *
     * @param isLast nothing is left of the index
     */
    record Clear(int number, List<byte[]> keys, boolean isLast) implements IndexStep {
        public Clear {
            keys = List.copyOf(keys);
        }
    }
}
