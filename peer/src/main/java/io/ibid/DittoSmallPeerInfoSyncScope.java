package io.ibid;

/** Who gets the information about this peer. */
public enum DittoSmallPeerInfoSyncScope {
    BigPeerOnly,
    LocalPeerOnly
}
