package io.ibid.peer.runtime;

import io.ibid.core.env.Timers;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Timers that fire on the loop of one database. All databases of the process share the thread that waits, since it only posts. Any
 * thread.
 */
final class LoopTimers implements Timers, AutoCloseable {
    private static final ScheduledThreadPoolExecutor WAITING = waiting();

    private final Loop loop;
    private final Set<Pending> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    LoopTimers(Loop loop) {
        this.loop = loop;
    }

    private static ScheduledThreadPoolExecutor waiting() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("ibid-timers").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    @Override
    public Timer after(long delayMs, Runnable task) {
        Pending pending = new Pending(task);
        if (delayMs <= 0) {
            loop.execute(pending);
        } else {
            open.add(pending);
            pending.scheduled = WAITING.schedule(
                    () -> {
                        open.remove(pending);
                        loop.execute(pending);
                    },
                    delayMs,
                    TimeUnit.MILLISECONDS);
            if (closed) { // by now, and whoever closed may not have seen this one
                pending.forget();
            }
        }
        return pending;
    }

    /** Nothing fires any more. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Pending::forget);
    }

    /** Cancelled on the loop only, so that a cancelled task that was already posted does not run. */
    private final class Pending implements Timer, Runnable {
        private final Runnable task;
        private boolean cancelled;
        private volatile @Nullable ScheduledFuture<?> scheduled;

        Pending(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (!cancelled) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            forget();
        }

        private void forget() {
            open.remove(this);
            ScheduledFuture<?> future = scheduled;
            if (future != null) {
                future.cancel(false);
            }
        }
    }
}
