package io.ibid.core.sync.wire;

import io.ibid.core.crdt.VersionVector;
import io.ibid.core.store.DocumentKey;

/** A document with a number in a dictionary, and the vectors it was last sent with: the next entry names only what changed. */
final class Named {
    final DocumentKey key;
    VersionVector vv = VersionVector.EMPTY;
    VersionVector reap = VersionVector.EMPTY;

    Named(DocumentKey key) {
        this.key = key;
    }

    void remember(VersionVector newVv, VersionVector newReap) {
        boolean isSmall = newVv.size() <= Limits.REMEMBERED_ACTORS_MAX;
        vv = isSmall ? newVv : VersionVector.EMPTY;
        reap = isSmall ? newReap : VersionVector.EMPTY;
    }
}
