package io.ibid.peer.sdk;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs what the API promises as a stage. All work of one database runs in the order in which it was submitted, on one thread, the lane. The
 * stages complete on other threads, made as needed, so that what an application hangs on a stage may block, and even wait for the
 * next stage, without holding up the database. Threads end by themselves after some seconds without work, and at close.
 */
public final class Stages implements AutoCloseable {
    private static final int IDLE_SECONDS = 10;

    private final Supplier<? extends Exception> closedError;
    private final ThreadPoolExecutor lane;
    private final ThreadPoolExecutor callbacks;
    private int pending;
    private boolean closing;

    /**
     * @param name begins the names of the threads
     * @param closedError what work fails with that comes after {@link #refuseNew}
     */
    public Stages(String name, Supplier<? extends Exception> closedError) {
        this.closedError = closedError;
        lane = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name + "-statements").daemon().factory());
        lane.allowCoreThreadTimeOut(true);
        callbacks = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().name(name + "-stage-", 0).daemon().factory(),
                // After close there is no pool any more, but whoever waits for a stage is still to be told.
                (task, pool) ->
                        Thread.ofPlatform().name(name + "-stage-late").daemon().start(task));
    }

    /** What the application makes of a result. */
    public interface Continuation<T, R> {
        R apply(T result) throws Exception;
    }

    /** Work that holds up the lane only until it says that it has begun. */
    public interface Aside<T> {
        T run(Runnable begun) throws Exception;
    }

    /** Does the work after all work that was submitted before, then continues with the application's part on a thread of its own. */
    public <T, R> CompletableFuture<R> submit(Callable<T> work, Continuation<? super T, ? extends R> then) {
        CompletableFuture<R> stage = new CompletableFuture<>();
        if (enter(stage)) {
            lane.execute(() -> run(work, then, stage));
        }
        return stage;
    }

    /** As {@link #submit}, but at once and beside everything else: for work that must not wait for what was submitted before. */
    public <T, R> CompletableFuture<R> submitBeside(Callable<T> work, Continuation<? super T, ? extends R> then) {
        CompletableFuture<R> stage = new CompletableFuture<>();
        if (enter(stage)) {
            callbacks.execute(() -> run(work, then, stage));
        }
        return stage;
    }

    /** Does the work in the calling thread; a failure is in the stage too. */
    public <T, R> CompletableFuture<R> submitHere(Callable<T> work, Continuation<? super T, ? extends R> then) {
        CompletableFuture<R> stage = new CompletableFuture<>();
        if (enter(stage)) {
            run(work, then, stage);
        }
        return stage;
    }

    /** Begins work after all work that was submitted before, on a thread of its own; what is submitted later waits until it has begun. */
    public <T> CompletableFuture<T> submitAside(Aside<T> work) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        if (enter(stage)) {
            lane.execute(() -> {
                CountDownLatch begun = new CountDownLatch(1);
                callbacks.execute(() -> {
                    try {
                        run(() -> work.run(begun::countDown), result -> result, stage);
                    } finally {
                        begun.countDown();
                    }
                });
                awaitUninterruptibly(begun);
            });
        }
        return stage;
    }

    /** Runs a part of the application on a thread of its own. */
    public void callback(Runnable part) {
        callbacks.execute(part);
    }

    /** Waits until all work is done, or has begun, that was submitted before. */
    public void awaitSubmitted() {
        CountDownLatch reached = new CountDownLatch(1);
        lane.execute(reached::countDown);
        awaitUninterruptibly(reached);
    }

    /** Does long work beside all other work, on a thread of its own. */
    public <T> CompletableFuture<T> beside(Callable<T> work) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        callbacks.execute(() -> {
            try {
                stage.complete(work.call());
            } catch (Throwable e) { // the stage carries it
                stage.completeExceptionally(e);
            }
        });
        return stage;
    }

    private <T, R> void run(Callable<T> work, Continuation<? super T, ? extends R> then, CompletableFuture<R> stage) {
        try {
            T result = work.call();
            callbacks.execute(() -> {
                try {
                    stage.complete(then.apply(result));
                } catch (Throwable e) { // the stage carries it
                    stage.completeExceptionally(e);
                }
            });
        } catch (Throwable e) { // the stage carries it
            callbacks.execute(() -> stage.completeExceptionally(e));
        } finally {
            exit();
        }
    }

    private synchronized boolean enter(CompletableFuture<?> stage) {
        if (closing) {
            callbacks.execute(() -> stage.completeExceptionally(closedError.get()));
            return false;
        }
        pending++;
        return true;
    }

    private synchronized void exit() {
        pending--;
        notifyAll();
    }

    /** Work that is submitted from now on fails. */
    public synchronized void refuseNew() {
        closing = true;
    }

    /** Waits until no work is left; false when the time is over before. */
    public synchronized boolean awaitIdle(long timeoutMs) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        boolean interrupted = false;
        while (pending > 0) {
            long leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, leftNs);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return pending == 0;
    }

    /** Ends the threads when they are done with what they have. */
    @Override
    public void close() {
        refuseNew();
        lane.shutdown();
        callbacks.shutdown();
    }

    /** Waits for the latch; an interrupt of the thread shows when that is over. */
    public static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
