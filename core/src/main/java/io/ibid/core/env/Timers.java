package io.ibid.core.env;

/** Calls back on the loop, later. */
public interface Timers {

    /** Any thread. Runs {@code task} on the loop after {@code delayMs} milliseconds of monotonic time (0: soon). */
    Timer after(long delayMs, Runnable task);

    /** A pending call. */
    interface Timer {
        /** No effect once the task has begun. Loop only. */
        void cancel();
    }
}
