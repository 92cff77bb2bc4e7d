package io.ibid.core.attachment;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one neighbour offers to one fetch, and what was asked of it. The window follows the neighbour's pace: about a quarter of a second of
 * chunks, so that what is under way neither runs dry nor keeps documents waiting. Loop only.
 */
final class Source {
    static final int WINDOW_MIN = 2;
    static final int WINDOW_MAX = 32;
    private static final int WINDOW_START = 4;
    private static final long WINDOW_MS = 250;
    private static final long STALLED_MS = 10_000;

    final Exchange exchange;
    /** Chunks that are here, null: all. */
    private @Nullable BitSet offered = new BitSet();
    /** Chunks under way, and what has come of each. */
    final Map<Integer, Pieces> asked = new TreeMap<>();

    int askedPage = -1;
    /** Chunks that have come and are not verified yet: more is asked of it only as it turns out to be honest. */
    int checking;

    private long heardMs;
    private long paceFromMs;
    private int paceChunks;
    private int window = WINDOW_START;

    /** The beginning of a chunk. */
    static final class Pieces {
        final byte[] bytes;
        final long askedMs;
        int filled;

        Pieces(int length, long askedMs) {
            this.bytes = new byte[length];
            this.askedMs = askedMs;
        }
    }

    Source(Exchange exchange, long nowMs) {
        this.exchange = exchange;
        this.heardMs = nowMs;
        this.paceFromMs = nowMs;
    }

    void offers(@Nullable BitSet chunks) {
        offered = chunks;
    }

    boolean offersAnything() {
        return offered == null || !offered.isEmpty();
    }

    boolean offers(int chunk) {
        return offered == null || offered.get(chunk);
    }

    boolean hasRoom() {
        return asked.size() + checking < window;
    }

    boolean isIdle() {
        return asked.isEmpty() && askedPage < 0;
    }

    void heard(long nowMs) {
        heardMs = nowMs;
    }

    /** It has been asked and says nothing. */
    boolean isStalled(long nowMs) {
        return !isIdle() && nowMs - heardMs >= STALLED_MS;
    }

    void begins(long nowMs) {
        if (isIdle()) {
            heardMs = nowMs;
            paceFromMs = nowMs;
            paceChunks = 0;
        }
    }

    /** A chunk has come and is the right one. */
    void arrived(long nowMs) {
        paceChunks++;
        long ms = Math.max(1, nowMs - paceFromMs);
        if (paceChunks >= window || ms >= WINDOW_MS) {
            window = (int) Math.clamp(paceChunks * WINDOW_MS / ms, (long) WINDOW_MIN, (long) WINDOW_MAX);
            paceFromMs = nowMs;
            paceChunks = 0;
        }
    }
}
