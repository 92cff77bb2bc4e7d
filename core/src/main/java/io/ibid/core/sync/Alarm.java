package io.ibid.core.sync;

import io.ibid.core.env.Clock;
import io.ibid.core.env.Timers;
import org.jspecify.annotations.Nullable;

/** Wakes somebody at the earliest of the times asked for. Loop only. */
final class Alarm {
    private final Clock clock;
    private final Timers timers;
    private final Runnable wake;
    private Timers.@Nullable Timer timer;
    private long atMs;

    Alarm(Clock clock, Timers timers, Runnable wake) {
        this.clock = clock;
        this.timers = timers;
        this.wake = wake;
    }

    void after(long delayMs) {
        long at = clock.monotonicMs() + delayMs;
        if (timer != null && at >= atMs) {
            return;
        }
        cancel();
        atMs = at;
        timer = timers.after(delayMs, () -> {
            timer = null;
            wake.run();
        });
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
