package io.ibid.cli.client;

import io.ibid.cli.client.StatementClient.Watch;
import io.ibid.cli.client.StatementClient.WatchListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs a query again and again, because nothing tells over HTTP when its result has changed. */
final class PollingWatch implements Watch {
    private final Supplier<Answer> query;
    private final long intervalMs;
    private final WatchListener listener;
    private final CountDownLatch closed = new CountDownLatch(1);

    PollingWatch(Supplier<Answer> query, long intervalMs, WatchListener listener) {
        this.query = query;
        this.intervalMs = intervalMs;
        this.listener = listener;
    }

    void start() {
        Thread.ofVirtual().name("ibid-watch").start(this::run);
    }

    private void run() {
        try {
            do {
                look();
            } while (!closed.await(intervalMs, TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try (Answer answer = query.get()) {
            if (closed.getCount() > 0) {
                listener.changed(answer);
            }
        } catch (RuntimeException failure) {
            if (closed.getCount() > 0) {
                listener.failed(failure);
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
