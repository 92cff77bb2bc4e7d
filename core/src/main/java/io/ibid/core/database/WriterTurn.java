package io.ibid.core.database;

import java.util.ArrayDeque;

/**
 * The right to write, first come, first served. Its holder decides, applies and writes one Change on whatever thread it runs, then
 * gives the turn back without waiting for the disk. Confinement: loop.
 */
final class WriterTurn {
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean held;

    /** Calls {@code granted} on the loop, now or later, when the turn is the caller's. It must not block. */
    void request(Runnable granted) {
        if (held) {
            waiting.add(granted);
        } else {
            held = true;
            granted.run();
        }
    }

    /** Gives the turn to the next in the queue. */
    void release() {
        if (!held) {
            throw new AssertionError("the writer turn was released by somebody who does not hold it");
        }
        Runnable next = waiting.poll();
        if (next == null) {
            held = false;
        } else {
            next.run();
        }
    }
}
