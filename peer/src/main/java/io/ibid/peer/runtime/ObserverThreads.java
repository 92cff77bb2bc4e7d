package io.ibid.peer.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Platform daemon threads for listeners, made as needed: one that blocks for ever holds its own thread and delays no other. */
final class ObserverThreads implements Executor, AutoCloseable {
    private final ThreadPoolExecutor threads;

    ObserverThreads(String name) {
        threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                10,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().name(name, 0).daemon().factory());
    }

    /** After close nothing more is delivered. */
    @Override
    public void execute(Runnable delivery) {
        if (!threads.isShutdown()) {
            try {
                threads.execute(delivery);
            } catch (RejectedExecutionException e) {
                if (!threads.isShutdown()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
