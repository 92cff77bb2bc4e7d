package io.ibid.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The platform threads that run statements. Bounded twice: so many run, so many wait, the next one is told to come back. Threads
 * are made as needed and end after a minute without work.
 */
final class StatementPool implements AutoCloseable {
    /** Most statements are done before this; only for the others is the connection watched. */
    private static final long WATCH_AFTER_MS = 200;

    private static final long WATCH_EVERY_MS = 100;

    private final ThreadPoolExecutor threads;
    private volatile boolean closing;

    StatementPool(String name, Limits limits) {
        threads = new ThreadPoolExecutor(
                limits.threads(),
                limits.threads(),
                60,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.queueLength()),
                Thread.ofPlatform().name(name + "-statement-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /** What a task asks to learn that nobody wants its answer any more. */
    interface Interest {
        boolean isGone();
    }

    /**
     * Runs the task on a thread of the pool and waits for it. A task that has begun is waited for until it ends, as only it knows
     * whether something was written; it is asked to end when the connection breaks.
     *
     * @throws Refusal 503 when there is no room, 408 when the deadline passes before the task begins
     * @throws ClientGoneException when the client left
     */
    Answer run(Function<Interest, Answer> task, Deadline deadline, ClientWatch client) throws InterruptedException {
        AtomicBoolean gone = new AtomicBoolean();
        AtomicBoolean begun = new AtomicBoolean();
        FutureTask<Answer> work = new FutureTask<>(() -> {
            begun.set(true);
            return task.apply(() -> gone.get() || closing);
        });
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            throw new Failure(503, "http/unavailable", "too many statements are waiting; try again in a moment")
                    .with("Retry-After", "1")
                    .refusal();
        }
        try {
            return await(work, begun, gone, deadline, client);
        } catch (InterruptedException e) { // the server stops, or the connection was idle for too long
            gone.set(true);
            discard(work);
            throw e;
        }
    }

    private Answer await(
            FutureTask<Answer> work, AtomicBoolean begun, AtomicBoolean gone, Deadline deadline, ClientWatch client)
            throws InterruptedException {
        long waitMs = WATCH_AFTER_MS;
        while (true) {
            try {
                Answer answer = work.get(waitMs, TimeUnit.MILLISECONDS);
                if (gone.get()) {
                    answer.close();
                    throw new ClientGoneException();
                }
                return answer;
            } catch (TimeoutException e) {
                waitMs = WATCH_EVERY_MS;
                client.begin();
                if (client.isGone()) {
                    gone.set(true);
                }
                if (!begun.get() && (gone.get() || deadline.hasPassed())) {
                    abandon(work, begun, deadline);
                }
            } catch (ExecutionException e) {
                throw new AssertionError("a statement task threw", e.getCause());
            }
        }
    }

    /** Takes a task that has not begun out of the queue. */
    private void abandon(FutureTask<Answer> work, AtomicBoolean begun, Deadline deadline) {
        if (threads.remove(work) && !begun.get()) {
            work.cancel(false);
            throw Failure.timeout(deadline).refusal();
        }
    }

    /** Nobody will take the answer: close it when it comes. */
    private void discard(FutureTask<Answer> work) {
        if (threads.remove(work)) {
            work.cancel(false);
            return;
        }
        Thread.ofVirtual().start(() -> {
            try {
                work.get().close();
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError("a statement task threw", e);
            }
        });
    }

    /** Running statements get two seconds to finish, then are asked to end and get eight more. Takes no new ones. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                closing = true;
                if (!threads.awaitTermination(8, TimeUnit.SECONDS)) {
                    threads.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
