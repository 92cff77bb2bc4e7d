package io.ibid.core.sync;

import io.ibid.core.store.DocumentKey;
import java.util.Collections;
import java.util.SortedSet;

/**
 * What a partner may have and may change: asked for every document before it is sent and before it is taken, in this order, on the
 * current version. Decided by names and ids alone. Besides the sync scopes this version has one rule, {@link #ALL}; credentials will bring
 * others.
 */
public interface Access {

    /** Everybody may do everything. */
    Access ALL = new Access() {
        @Override
        public boolean isInScope(Partner partner, String collection) {
            return true;
        }

        @Override
        public SortedSet<String> scopedCollections() {
            return Collections.emptySortedSet();
        }

        @Override
        public boolean mayRead(Partner partner, DocumentKey key) {
            return true;
        }

        @Override
        public boolean mayWrite(Partner partner, DocumentKey key) {
            return true;
        }
    };

    /** Whether this device sends the collection to such a partner at all. */
    boolean isInScope(Partner partner, String collection);

    /** The collections that are not in everybody's scope. */
    SortedSet<String> scopedCollections();

    /** Whether the partner may have the document. */
    boolean mayRead(Partner partner, DocumentKey key);

    /** Whether a change of the document is taken from the partner. */
    boolean mayWrite(Partner partner, DocumentKey key);
}
