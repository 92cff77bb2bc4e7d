package io.ibid;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected with whom, as this peer knows it. This version knows its own links. A server is no remote peer: it shows as {@link
 * DittoPeer#isConnectedToDittoServer}. Immutable.
 */
public final class DittoPresenceGraph {
    private final DittoPeer localPeer;
    private final List<DittoPeer> remotePeers;

    DittoPresenceGraph(DittoPeer localPeer, List<DittoPeer> remotePeers) {
        this.localPeer = localPeer;
        this.remotePeers = List.copyOf(remotePeers);
    }

    public DittoPeer getLocalPeer() {
        return localPeer;
    }

    /** By peer key. */
    public List<DittoPeer> getRemotePeers() {
        return remotePeers;
    }

    /** With fixed keys in a fixed order and no blanks. */
    public String toJson() {
        return PresenceJson.of(this);
    }

    /** The same as {@link #toJson()}. */
    public String serializeToJson() {
        return toJson();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoPresenceGraph that
                && localPeer.equals(that.localPeer)
                && remotePeers.equals(that.remotePeers);
    }

    @Override
    public int hashCode() {
        return localPeer.hashCode() * 31 + remotePeers.hashCode();
    }

    @Override
    public String toString() {
        return toJson();
    }
}
