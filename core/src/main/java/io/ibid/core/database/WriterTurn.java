package io.ibid.core.database;

import io.ibid.core.env.Clock;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The right to write, first come, first served. Its holder decides, applies and writes on whatever thread it runs, then gives the turn
 * back without waiting for the disk.
 *
 * <p>A handover of the turn to a sleeping thread costs more than most writes. So the holder may go on with the {@linkplain
 * Write#isShared shared} writes right behind it, in their order (the combining of Hendler, Incze, Shavit and Tzafrir, "Flat
 * combining", 2010), for a bounded number and time: its own caller is waiting, too.
 *
 * <p>Lock-free. A write is in the queue before it is counted, and whoever raises the count from 0 grants the first of the queue. So a
 * count above 0 means that the queue has a first. A write that was taken in passing leaves the count together with its holder,
 * which may be before it has entered it; the count is below 0 for that moment.
 */
final class WriterTurn {

    private static final int TAKEN_MAX = 64;
    private static final long HELD_MS_MAX = 5;

    /** Somebody's wish for the turn. */
    static final class Claim {
        private final Write write;
        private final long sinceMs;
        /** When the log was told last that it waits; 0: never. Loop. */
        long toldWaitingMs;
        /** When the log was told last that it holds the turn; 0: never. Loop. */
        long toldHoldingMs;

        private Claim(Write write, long sinceMs) {
            this.write = write;
            this.sinceMs = sinceMs;
        }

        /** Loop. See {@link Write#expire}. */
        boolean expire(long idleMs) {
            return write.expire(idleMs);
        }

        /** For the log. */
        String who() {
            return write.who();
        }

        /** When it was wished for, monotonic. */
        long sinceMs() {
            return sinceMs;
        }
    }

    private final Clock clock;
    private final ConcurrentLinkedQueue<Claim> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger counted = new AtomicInteger();
    private volatile @Nullable Claim holder;
    private volatile long heldSinceMs;
    private volatile boolean closed;
    /** The holder's. */
    private int taken;

    WriterTurn(Clock clock) {
        this.clock = clock;
    }

    /** Any thread. Calls {@link Write#granted}, now or later, on this thread or on another one, unless a holder takes the write in passing. */
    void request(Write write) {
        waiting.add(new Claim(write, clock.monotonicMs()));
        if (counted.getAndIncrement() == 0) {
            grant();
        }
    }

    /** Holder. The next write, to be performed by the holder; null when it must wait for a turn of its own, or there is none. */
    @Nullable
    Write take() {
        Claim next = waiting.peek();
        if (next == null
                || !next.write.isShared()
                || taken == TAKEN_MAX
                || clock.monotonicMs() - heldSinceMs > HELD_MS_MAX
                || !waiting.remove(next)) {
            return null;
        }
        taken++;
        return next.write;
    }

    /** Holder. Gives the turn to the first in the queue. */
    void release() {
        if (holder == null) {
            throw new AssertionError("the writer turn was released by somebody who does not hold it");
        }
        holder = null;
        if (counted.addAndGet(-1 - taken) > 0) {
            grant();
        }
    }

    private void grant() {
        Claim next = waiting.poll();
        if (next != null) {
            taken = 0;
            heldSinceMs = clock.monotonicMs();
            holder = next;
            next.write.granted();
        } else if (!closed) {
            throw new AssertionError("a write was counted that is not in the queue");
        }
    }

    /** Any thread. Takes the writes that wait out of the queue; no turn is granted from now on. */
    void close(Consumer<Write> refused) {
        closed = true;
        for (Claim claim = waiting.poll(); claim != null; claim = waiting.poll()) {
            refused.accept(claim.write);
        }
    }

    // ---- any thread, for the log: true a moment ago

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
