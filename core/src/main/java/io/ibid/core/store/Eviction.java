package io.ibid.core.store;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;

/**
 * What an evicted document leaves behind. Per node. Immutable.
 *
 * @param commit when it was evicted, 0 once every supplier was told. Kept when the document comes back: a supplier that was away may
 *     have a newer version than the one that brought it back, and would take us to have it
 * @param ownHlc the stub: the time of this store's newest event in what was forgotten; 0 when there is none or the epoch has changed since
 */
record Eviction(long commit, long ownHlc) {

    byte[] encode() {
        return new ByteWriter(24).varint(commit).varint(ownHlc).toByteArray();
    }

    static Eviction decode(ByteReader in) {
        Eviction eviction = new Eviction(in.varint(), in.varint());
        in.expectEnd();
        return eviction;
    }

    /** Whether nothing is left to remember. */
    boolean isVoid() {
        return commit == 0 && ownHlc == 0;
    }
}
