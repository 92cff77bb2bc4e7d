package io.ibid.peer.sdk;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs what the API promises as a stage. All work of one database runs in the order in which it was submitted, on one thread. The
 * stages complete on other threads, made as needed, so that what an application hangs on a stage may block, and even wait for the
 * next stage, without holding up the database. Threads end by themselves after some seconds without work.
 */
public final class Stages {
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor lane;
    private final ThreadPoolExecutor callbacks;

    public Stages(String name) {
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
                Thread.ofPlatform().name(name + "-stage-", 0).daemon().factory());
    }

    /** What the application makes of a result. */
    public interface Continuation<T, R> {
        R apply(T result) throws Exception;
    }

    /** Does the work after all work that was submitted before, then continues with the application's part on a thread of its own. */
    public <T, R> CompletableFuture<R> submit(Callable<T> work, Continuation<? super T, ? extends R> then) {
        CompletableFuture<R> stage = new CompletableFuture<>();
        lane.execute(() -> run(work, then, stage));
        return stage;
    }

    private <T, R> void run(Callable<T> work, Continuation<? super T, ? extends R> then, CompletableFuture<R> stage) {
        T result;
        try {
            result = work.call();
        } catch (Throwable e) { // the stage carries it
            callbacks.execute(() -> stage.completeExceptionally(e));
            return;
        }
        callbacks.execute(() -> {
            try {
                stage.complete(then.apply(result));
            } catch (Throwable e) { // the stage carries it
                stage.completeExceptionally(e);
            }
        });
    }
}
