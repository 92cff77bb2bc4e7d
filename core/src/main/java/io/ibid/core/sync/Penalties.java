package io.ibid.core.sync;

import java.util.TreeMap;

/** How long peers that broke the protocol are kept away: longer each time, forgotten after an hour without. Loop only. */
final class Penalties {
    private static final long FIRST_MS = 1_000;
    private static final long MAX_MS = 600_000;
    private static final long FORGOTTEN_AFTER_MS = 3_600_000;
    private static final int PEERS_MAX = 1_000;

    private final TreeMap<PeerKey, Penalty> byPeer = new TreeMap<>();

    private record Penalty(long lengthMs, long untilMs, String reason) {}

    void add(PeerKey peer, String reason, long nowMs) {
        byPeer.values().removeIf(penalty -> nowMs - penalty.untilMs() > FORGOTTEN_AFTER_MS);
        Penalty last = byPeer.get(peer);
        long lengthMs = last == null ? FIRST_MS : Math.min(2 * last.lengthMs(), MAX_MS);
        if (last != null || byPeer.size() < PEERS_MAX) {
            byPeer.put(peer, new Penalty(lengthMs, nowMs + lengthMs, reason));
        }
    }

    /** Milliseconds that the peer has still to wait, 0 for none. */
    long leftMs(PeerKey peer, long nowMs) {
        Penalty penalty = byPeer.get(peer);
        return penalty == null ? 0 : Math.max(0, penalty.untilMs() - nowMs);
    }

    /** What it had done. */
    String reason(PeerKey peer) {
        Penalty penalty = byPeer.get(peer);
        return penalty == null ? "" : penalty.reason();
    }
}
