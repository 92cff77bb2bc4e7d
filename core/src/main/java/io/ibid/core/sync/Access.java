package io.ibid.core.sync;

import io.ibid.core.store.DocumentKey;

/**
 * What a partner may have and may change: asked for every document before it is sent and before it is taken, in this order, on the
 * current version. Decided by ids alone. This version has one rule, {@link #ALL}; credentials and sync scopes will bring others.
 */
public interface Access {

    /** Everybody may do everything. */
    Access ALL = new Access() {
        @Override
        public boolean isInScope(Partner partner, String collection) {
            return true;
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

    /** Whether the partner may have the document. */
    boolean mayRead(Partner partner, DocumentKey key);

    /** Whether a change of the document is taken from the partner. */
    boolean mayWrite(Partner partner, DocumentKey key);
}
