package io.ibid.peer.runtime;

import io.ibid.core.live.LiveQuery;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registered observer: calls its listener with the newest result, one call at a time, on a thread of the observers' pool. A listener
 * that is slow misses intermediate states and delays nobody else.
 */
public final class Observer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);

    /** Runs the observed query on the newest published snapshot. */
    interface Evaluation {
        Execution run();
    }

    private final Evaluation evaluation;
    private final Consumer<Execution> listener;
    private final Loop loop;
    private final Executor threads;
    private @Nullable LiveQuery query;
    private volatile boolean closed;

    Observer(Evaluation evaluation, Consumer<Execution> listener, Loop loop, Executor threads) {
        this.evaluation = evaluation;
        this.listener = listener;
        this.loop = loop;
        this.threads = threads;
    }

    /** Loop. */
    void watch(LiveQuery query) {
        this.query = query;
        if (closed) {
            query.close();
        }
    }

    /** Loop: the result may have changed. */
    void changed() {
        threads.execute(this::deliver);
    }

    private void deliver() {
        try {
            if (!closed) {
                try (Execution execution = evaluation.run()) {
                    listener.accept(execution);
                }
            }
        } catch (Throwable e) { // the application's code; its handler sees it, and the observer lives on
            LOG.error("An observer's listener failed", e);
            Thread thread = Thread.currentThread();
            Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
            if (handler != null) {
                handler.uncaughtException(thread, e);
            }
        } finally {
            loop.execute(() -> {
                LiveQuery live = query;
                if (live != null) {
                    live.ready();
                }
            });
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /** No call begins after this returned, but one that has begun may still run. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            loop.execute(() -> {
                LiveQuery live = query;
                if (live != null) {
                    live.close();
                }
            });
        }
    }
}
