package io.ibid.core.settings;

import org.jspecify.annotations.Nullable;

/** To whom this device sends the documents of a collection. Says nothing about what it takes from others. */
public enum SyncScope {
    /** To everybody: the scope of a collection that none was set for. */
    ALL_PEERS("AllPeers"),
    /** To servers only. */
    BIG_PEER_ONLY("BigPeerOnly"),
    /** To everybody but servers. */
    SMALL_PEERS_ONLY("SmallPeersOnly"),
    /** To nobody. */
    LOCAL_PEER_ONLY("LocalPeerOnly");

    private final String text;

    SyncScope(String text) {
        this.text = text;
    }

    /** How statements write it. */
    public String text() {
        return text;
    }

    /** Whether a collection of this scope is sent to a partner of that role. */
    public boolean admits(boolean isServer) {
        return switch (this) {
            case ALL_PEERS -> true;
            case BIG_PEER_ONLY -> isServer;
            case SMALL_PEERS_ONLY -> !isServer;
            case LOCAL_PEER_ONLY -> false;
        };
    }

    /** The scope of that name, in any case; null when there is none. */
    static @Nullable SyncScope of(String text) {
        for (SyncScope scope : values()) {
            if (scope.text.equalsIgnoreCase(text)) {
                return scope;
            }
        }
        return null;
    }
}
