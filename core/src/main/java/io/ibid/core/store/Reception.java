package io.ibid.core.store;

import io.ibid.core.crdt.Hint;
import io.ibid.core.query.Row;

/**
 * What a store takes from others: documents that it holds already, and those that one of its own subscriptions selects. Asked by the
 * holder of the writer turn about documents that it does not hold.
 */
public interface Reception {

    /** Takes everything. */
    Reception ALL = new Reception() {
        @Override
        public Interest interest(String collection) {
            return Interest.ALL;
        }

        @Override
        public boolean selects(String collection, Row row) {
            return true;
        }

        @Override
        public boolean selectsTombstone(String collection, Hint hint) {
            return true;
        }
    };

    /** Which documents of the collection the subscriptions select. */
    Interest interest(String collection);

    /** Whether a subscription selects this document. Only asked where the interest is {@link Interest#SOME}. */
    boolean selects(String collection, Row row);

    /** Whether a tombstone's hint decides that a subscription would have selected it. Only asked where the interest is {@link Interest#SOME}. */
    boolean selectsTombstone(String collection, Hint hint);

    /** How much of a collection is wanted. */
    enum Interest {
        NONE,
        SOME,
        ALL
    }
}
