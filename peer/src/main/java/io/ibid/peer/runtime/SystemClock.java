package io.ibid.peer.runtime;

import io.ibid.core.env.Clock;
import java.util.concurrent.TimeUnit;

/** The machine's clocks. */
final class SystemClock implements Clock {
    @Override
    public long wallMs() {
        return System.currentTimeMillis();
    }

    @Override
    public long monotonicMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
