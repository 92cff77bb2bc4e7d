package io.ibid.legacy;

/**
 * Another peer that this one is connected to.
 *
 * @param getPeerKey its name among peers, the same as long as it keeps its store
 * @param isServer whether it is a server
 */
public record DittoRemotePeer(String getPeerKey, boolean isServer) {}
