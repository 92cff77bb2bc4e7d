package io.ibid.peer.runtime;

import io.ibid.core.env.Offload;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The bounded pool of platform threads that takes blocking work off the loop. Threads are made as needed and end after 10 s idle. */
final class WorkerPool implements Offload, AutoCloseable {
    private final Loop loop;
    private final ThreadPoolExecutor threads;

    WorkerPool(String name, int size, Loop loop) {
        this.loop = loop;
        this.threads = new ThreadPoolExecutor(
                size,
                size,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name(name, 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public void run(Runnable work, Consumer<@Nullable Throwable> done) {
        try {
            threads.execute(() -> {
                Throwable failure = null;
                try {
                    work.run();
                } catch (Throwable e) { // handed to whoever asked for the work
                    failure = e;
                }
                Throwable outcome = failure;
                loop.execute(() -> done.accept(outcome));
            });
        } catch (RejectedExecutionException closing) {
            // A task of the loop that was queued before the close asks for work behind it.
            loop.execute(() ->
                    done.accept(new IbidException(ErrorCode.STORE_CLOSED, "The database is being closed", closing)));
        }
    }

    /** Lets running work end (at most 10 s) and starts no more. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
