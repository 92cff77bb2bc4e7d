package io.ibid.core.live;

import io.ibid.core.env.Offload;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Limits;
import io.ibid.core.store.Published;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Loads windows off the loop, a few at a time, so that a thousand new observers leave room for other work there. Confinement: loop. */
final class Loads {
    private static final int RUNNING_MAX = 2;

    private final Deque<LiveQuery> waiting = new ArrayDeque<>();
    private final LiveQueries queries;
    private final Offload offload;
    private final Supplier<Published> published;
    private int running;

    Loads(LiveQueries queries, Offload offload, Supplier<Published> published) {
        this.queries = queries;
        this.offload = offload;
        this.published = published;
    }

    void request(LiveQuery query) {
        waiting.add(query);
        startNext();
    }

    private void startNext() {
        while (running < RUNNING_MAX && !queries.isStopped()) {
            LiveQuery query = waiting.poll();
            if (query == null) {
                return;
            }
            if (!query.isClosed()) {
                start(query);
            }
        }
    }

    private void start(LiveQuery query) {
        Published snapshot = published.get();
        query.beginLoad(snapshot.commitId());
        running++;
        Window[] loaded = new Window[1];
        LoadLimits limits = new LoadLimits(query);
        offload.run(
                () -> loaded[0] =
                        Window.load(query.select(), snapshot.source(queries.reading()), limits, queries.bounds()),
                failure -> {
                    snapshot.close();
                    running--;
                    // A failed load is one that was not done: running the query tells its listener's log why.
                    query.loaded(failure == null ? loaded[0] : null);
                    startNext();
                });
    }

    /** Ends with the observer or the database; the window itself says when it is too large. */
    private final class LoadLimits implements Limits {
        private static final long MEMORY_BYTES_MAX = 64 << 20;

        private final LiveQuery query;
        private long memoryBytes;

        LoadLimits(LiveQuery query) {
            this.query = query;
        }

        @Override
        public void check() {
            if (query.isClosed() || queries.isStopped()) {
                throw new IbidException(ErrorCode.QUERY_EXECUTION, "The observer is closed");
            }
        }

        @Override
        public boolean reserve(long bytes) {
            memoryBytes += bytes;
            return memoryBytes <= MEMORY_BYTES_MAX;
        }

        @Override
        public void release(long bytes) {
            memoryBytes -= bytes;
        }

        /** No query that is loaded reads the clock. */
        @Override
        public long nowMs() {
            return 0;
        }
    }
}
