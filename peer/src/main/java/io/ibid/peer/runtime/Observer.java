package io.ibid.peer.runtime;

import io.ibid.core.env.Logs;
import io.ibid.core.live.LiveQuery;
import io.ibid.core.live.LiveResult;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.Warning;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A registered observer: calls its listener with the newest result, one call at a time, on a thread of the observers' pool. A listener
 * that is slow misses intermediate states and delays nobody else.
 */
public final class Observer implements AutoCloseable {
    private static final Logger LOG = Logs.of(Observer.class);

    /** Gets results, on a thread of its own. */
    @FunctionalInterface
    public interface Listener {
        /**
         * There is a result. It needs no closing: its rows stay as long as somebody keeps them.
         *
         * @param next to be called when the next result may come, now or later, on any thread; calling it again has no effect. Until then
         *     nothing more is delivered
         */
        void changed(Execution result, Runnable next) throws Exception;
    }

    /** Runs the observed query on the newest published snapshot. */
    interface Evaluation {
        Execution run();
    }

    private final Evaluation evaluation;
    private final Listener listener;
    private final Loop loop;
    private final Executor threads;
    private @Nullable LiveQuery query;
    private volatile boolean closed;

    Observer(Evaluation evaluation, Listener listener, Loop loop, Executor threads) {
        this.evaluation = evaluation;
        this.listener = listener;
        this.loop = loop;
        this.threads = threads;
    }

    /** What tells this observer of news. */
    LiveQuery.Listener news() {
        return new LiveQuery.Listener() {
            @Override
            public void changed(LiveQuery query) {
                threads.execute(() -> deliver(query));
            }

            @Override
            public void resume(LiveQuery query) {
                loop.execute(query::resume);
            }
        };
    }

    /** Loop. */
    void watch(LiveQuery query) {
        this.query = query;
        if (closed) {
            query.close();
        }
    }

    private void deliver(LiveQuery query) {
        AtomicBoolean called = new AtomicBoolean();
        Runnable next = () -> {
            if (called.compareAndSet(false, true)) {
                query.ready();
            }
        };
        try {
            if (!closed) {
                LiveResult kept = query.begin();
                listener.changed(kept == null ? run() : delivered(kept.rows(), List.of(), kept.commitId()), next);
            }
        } catch (Throwable e) { // the application's code; its handler sees it, and the observer lives on
            LOG.error("An observer's listener failed", e);
            Thread thread = Thread.currentThread();
            Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
            if (handler != null) {
                handler.uncaughtException(thread, e);
            }
            next.run();
        }
    }

    /** Reads everything, so that the snapshot is held for as long as that takes and not for as long as the listener does. */
    private Execution run() {
        try (Execution execution = evaluation.run()) {
            List<ResultRow> rows = execution.rest();
            return delivered(rows, execution.warnings(), execution.commitId());
        }
    }

    private static Execution delivered(List<ResultRow> rows, List<Warning> warnings, long commitId) {
        return new Execution(new DeliveredRows(rows, warnings), commitId);
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
