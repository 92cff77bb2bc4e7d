package io.ibid.core.env;

/** Time as the core sees it. Durations, timeouts and retention use {@link #monotonicMs}; only the hybrid clock reads {@link #wallMs}. */
public interface Clock {

    /** Milliseconds since 1970 by the device's clock, which may jump. */
    long wallMs();

    /** Milliseconds since some fixed moment; never goes back. */
    long monotonicMs();

    /** Nanoseconds since some fixed moment, for measuring; as fine as the clock is. */
    default long nanoTime() {
        return monotonicMs() * 1_000_000;
    }
}
