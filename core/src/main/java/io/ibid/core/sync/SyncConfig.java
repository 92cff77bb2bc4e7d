package io.ibid.core.sync;

/**
 * The settings of one database's sync. Times in milliseconds.
 *
 * @param databaseId only peers of the same database talk
 * @param peerKey this device
 * @param isServer whether it takes all user collections from everybody
 * @param compresses whether frames may be LZ4-compressed
 * @param batchWindowMs how long a change waits at most to be staged while the partner has not answered the unit before
 * @param creditBytes how far a supplier may be ahead of what its receiver has put away
 * @param stagedBytesInMemoryMax what one session stages in memory; the rest goes to scratch
 * @param stagingBytesMax what one session stages at all; a partner that sends more without closing its unit is cut
 * @param unitBytesMax the largest change that is written as one batch; a larger one is written in parts
 * @param tombstoneTtlHours told to partners; 0 is for ever
 */
public record SyncConfig(
        String databaseId,
        PeerKey peerKey,
        boolean isServer,
        boolean compresses,
        long batchWindowMs,
        long creditBytes,
        long stagedBytesInMemoryMax,
        long stagingBytesMax,
        long unitBytesMax,
        long tombstoneTtlHours) {

    /** The settings that a peer has unless told otherwise. */
    public static SyncConfig of(String databaseId, PeerKey peerKey, boolean isServer) {
        return new SyncConfig(
                databaseId, peerKey, isServer, true, 20, 1 << 20, 8 << 20, 8L << 30, 256 << 20, isServer ? 720 : 168);
    }
}
