package io.ibid.legacy;

import java.util.List;

/** Hears which peers this one is connected to. */
@FunctionalInterface
public interface DittoPeersCallback {

    /** These peers, by their keys. */
    void update(List<DittoRemotePeer> peers) throws Exception;
}
