package io.ibid.core.sync;

import io.ibid.core.store.StoreId;

/** The other end of a session, as its HELLO says. Immutable. */
public record Partner(PeerKey peerKey, StoreId storeId, boolean isServer) {}
