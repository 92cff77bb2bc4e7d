package io.ibid.core.database;

import io.ibid.core.env.Clock;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The right to write, first come, first served. Its holder decides, applies and writes one Change on whatever thread it runs, then
 * gives the turn back without waiting for the disk. Confinement: loop.
 */
final class WriterTurn {

    /** Somebody's wish for the turn. */
    static final class Claim {
        private final String who;
        private final long sinceMs;
        private final Runnable granted;
        /** When the log was told of it last, as the one that waits or holds; 0: never. */
        long toldMs;

        private Claim(String who, long sinceMs, Runnable granted) {
            this.who = who;
            this.sinceMs = sinceMs;
            this.granted = granted;
        }

        /** For the log. */
        String who() {
            return who;
        }

        /** When it was wished for, monotonic. */
        long sinceMs() {
            return sinceMs;
        }
    }

    private final Clock clock;
    private final ArrayDeque<Claim> waiting = new ArrayDeque<>();
    private @Nullable Claim holder;
    private long heldSinceMs;

    WriterTurn(Clock clock) {
        this.clock = clock;
    }

    /** Calls {@code granted} on the loop, now or later, when the turn is the caller's. It must not block. */
    void request(String who, Runnable granted) {
        Claim claim = new Claim(who, clock.monotonicMs(), granted);
        if (holder == null) {
            grant(claim, claim.sinceMs);
        } else {
            waiting.add(claim);
        }
    }

    private void grant(Claim claim, long nowMs) {
        holder = claim;
        heldSinceMs = nowMs;
        claim.toldMs = 0;
        claim.granted.run();
    }

    /** Gives the turn to the next in the queue. */
    void release() {
        if (holder == null) {
            throw new AssertionError("the writer turn was released by somebody who does not hold it");
        }
        Claim next = waiting.poll();
        if (next == null) {
            holder = null;
        } else {
            grant(next, clock.monotonicMs());
        }
    }

    /** Who has it now; null for nobody. */
    @Nullable
    Claim holder() {
        return holder;
    }

    /** Since when, monotonic. */
    long heldSinceMs() {
        return heldSinceMs;
    }

    /** Who gets it next; null when nobody waits. */
    @Nullable
    Claim next() {
        return waiting.peek();
    }

    /** How many wait. */
    int queueLength() {
        return waiting.size();
    }
}
