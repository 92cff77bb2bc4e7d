package io.ibid.peer.rocksdb;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before a native object: any number of callers may be inside, and the one who shuts the gate waits until all of them are out.
 * After that the object may be freed, because everyone who comes later is turned away with an exception.
 *
 * <p>A read-write lock would do the same for ten times the price; this is one atomic addition to enter and one to leave. Thread-safe.
 */
final class Gate {

    /** The sign bit of {@link #state}; the other bits count who is inside. */
    private static final long SHUT = Long.MIN_VALUE;

    private static final long WAIT_NS = 20_000;

    private final String name;
    private final AtomicLong state = new AtomicLong();

    /** @param name what the gate guards, for messages: "the snapshot" */
    Gate(String name) {
        this.name = name;
    }

    /** Must be followed by {@link #leave}, whatever happens. */
    void enter() {
        if (state.getAndIncrement() < 0) {
            state.getAndDecrement();
            throw new IbidException(ErrorCode.STORE_CLOSED, name + " is closed");
        }
    }

    void leave() {
        state.getAndDecrement();
    }

    /** Lets no one in from now on and waits until nobody is inside; false if the gate was shut already. */
    boolean shut() {
        long before = state.getAndUpdate(inside -> inside | SHUT);
        if (before < 0) {
            return false;
        }
        while (state.get() != SHUT) {
            LockSupport.parkNanos(this, WAIT_NS);
        }
        return true;
    }

    /** Undoes {@link #shut}; only for the one who shut. */
    void reopen() {
        state.getAndUpdate(inside -> inside & ~SHUT);
    }
}
