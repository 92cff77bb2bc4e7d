package io.ibid.peer.runtime;

import io.ibid.core.env.Timers;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Timers that fire on the loop. One daemon thread per database, which only posts. */
final class LoopTimers implements Timers, AutoCloseable {
    private final Loop loop;
    private final ScheduledThreadPoolExecutor scheduler;

    LoopTimers(String name, Loop loop) {
        this.loop = loop;
        this.scheduler = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).daemon().factory());
        scheduler.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Timer after(long delayMs, Runnable task) {
        Pending pending = new Pending(task);
        if (delayMs <= 0) {
            loop.execute(pending);
        } else {
            try {
                pending.scheduled = scheduler.schedule(() -> loop.execute(pending), delayMs, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closing) {
                // The database is being closed, so nothing needs to happen later any more.
                pending.cancel();
            }
        }
        return pending;
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    /** Loop only, so that a cancelled task that was already posted does not run. */
    private static final class Pending implements Timer, Runnable {
        private final Runnable task;
        private boolean cancelled;
        private @Nullable ScheduledFuture<?> scheduled;

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
            ScheduledFuture<?> future = scheduled;
            if (future != null) {
                future.cancel(false);
            }
        }
    }
}
