package io.ibid.core.sync;

import io.ibid.core.sync.reconcile.ItemHash;

/** What both sides of a session hash documents with when they compare: made of both nonces, so nobody can prepare for it. */
@SuppressWarnings("ArrayRecordComponent")
record SessionKey(byte[] dialler, byte[] listener) {

    /** For the use of one thread. */
    ItemHash hash() {
        return new ItemHash(dialler, listener);
    }
}
