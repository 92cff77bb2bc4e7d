package io.ibid.core.sync;

import io.ibid.core.store.StoreId;

/**
 * The other end of a session, as its HELLO says. Immutable.
 *
 * @param tombstoneTtlHours how long it keeps what is left of deleted documents; 0: for ever
 */
public record Partner(PeerKey peerKey, StoreId storeId, boolean isServer, long tombstoneTtlHours) {
    private static final long HOUR_MS = 3_600_000;

    /** The hour since 1970 of the oldest tombstones that it keeps; 0 when it keeps all. */
    long keepsTombstonesFrom(long wallMs) {
        return tombstoneTtlHours == 0 ? 0 : Math.max(0, wallMs / HOUR_MS - tombstoneTtlHours);
    }
}
