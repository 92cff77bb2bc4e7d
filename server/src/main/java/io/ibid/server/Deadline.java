package io.ibid.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The moment at which a request has taken too long. */
record Deadline(Duration limit, long atNanos) {

    static Deadline in(Duration limit) {
        return new Deadline(limit, System.nanoTime() + limit.toNanos());
    }

    boolean hasPassed() {
        return remainingMs() <= 0;
    }

    /** Rounded up, so that 0 means passed. */
    long remainingMs() {
        return TimeUnit.NANOSECONDS.toMillis(atNanos - System.nanoTime() + 999_999);
    }
}
