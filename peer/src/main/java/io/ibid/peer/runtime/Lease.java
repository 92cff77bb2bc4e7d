package io.ibid.peer.runtime;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The time for which one transaction has the writer turn: as long as a statement of it runs, and between two statements until {@code
 * transaction_idle_timeout_seconds} are over. Then another thread takes the turn away, and the callback hears of it when it next executes
 * something, or at its end. Any thread.
 */
final class Lease {
    private static final int EXPIRED = -1;
    private static final int OVER = -2;

    /** How many statements run, or one of the above. */
    private final AtomicInteger running = new AtomicInteger();

    private volatile long idleSinceNs = System.nanoTime();

    /** A statement begins. */
    void begin() {
        if (running.updateAndGet(count -> count >= 0 ? count + 1 : count) < 0) {
            throw expired();
        }
    }

    /** Throws when the turn was taken away. */
    void requireAlive() {
        if (running.get() == EXPIRED) {
            throw expired();
        }
    }

    /** A statement has ended, the reading of its rows included. */
    void end() {
        idleSinceNs = System.nanoTime();
        running.updateAndGet(count -> count > 0 ? count - 1 : count);
    }

    /** The callback has returned: the turn stays with its thread from now on. */
    void finish() {
        if (running.getAndUpdate(count -> count == EXPIRED ? EXPIRED : OVER) == EXPIRED) {
            throw expired();
        }
    }

    /** Ends the lease if nothing has run for so long; true when it did, and the turn is the caller's to release. */
    boolean expire(long idleMs) {
        return running.get() == 0
                && System.nanoTime() - idleSinceNs >= idleMs * 1_000_000
                && running.compareAndSet(0, EXPIRED);
    }

    private static IbidException expired() {
        return new IbidException(
                ErrorCode.STORE_TRANSACTION_TIMEOUT,
                "The transaction executed nothing for transaction_idle_timeout_seconds and was rolled back");
    }
}
