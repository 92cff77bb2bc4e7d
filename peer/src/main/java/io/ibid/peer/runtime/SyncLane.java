package io.ibid.peer.runtime;

import io.ibid.core.env.Offload;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the syncs of one database, one at a time: on its own thread, or on the writer that caused it.
 *
 * <p>A writer that releases the turn is going to wait for the disk anyway. When the core asks for a sync while that writer drives the
 * loop, the job is left for the writer, who takes it with {@link #help} before it parks; this is the leader of a group commit, without
 * two thread switches. Every other sync goes to the thread, which the first of them starts. The core asks for the next sync only after the last one is done, so there
 * is at most one job.
 */
final class SyncLane implements Offload, AutoCloseable {
    private final Loop loop;
    private final AtomicReference<@Nullable Runnable> job = new AtomicReference<>();
    private final Thread thread;
    /** Loop only. */
    private boolean started;

    private volatile @Nullable Thread helper;
    private volatile boolean closed;

    SyncLane(String name, Loop loop) {
        this.loop = loop;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::serve);
    }

    @Override
    public void run(Runnable work, Consumer<@Nullable Throwable> done) {
        Runnable next = () -> {
            Throwable failure = null;
            try {
                work.run();
            } catch (Throwable e) { // handed to the core, which makes the database read-only
                failure = e;
            }
            Throwable outcome = failure;
            loop.runSoon(() -> done.accept(outcome));
        };
        if (!job.compareAndSet(null, next)) {
            throw new AssertionError("a sync was asked for while another one waits");
        }
        Thread current = Thread.currentThread();
        if (helper != current && current != thread) {
            wake();
        }
    }

    private void wake() {
        if (started) {
            LockSupport.unpark(thread);
        } else {
            started = true;
            thread.start();
        }
    }

    /** Runs {@code settle} on the loop; a sync that it asks for right there is left for this thread to {@link #help} with. */
    void settleAndLead(Runnable settle) {
        Thread me = Thread.currentThread();
        loop.runSoon(() -> {
            helper = Thread.currentThread() == me ? me : null;
            try {
                settle.run();
            } finally {
                helper = null;
            }
        });
    }

    /** Runs the waiting sync, if there is one, on this thread. */
    boolean help() {
        Runnable next = job.getAndSet(null);
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    private void serve() {
        while (!closed) {
            if (!help()) {
                LockSupport.park(this);
            }
        }
        help();
    }

    @Override
    public void close() {
        closed = true;
        if (!started) {
            help();
            return;
        }
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
