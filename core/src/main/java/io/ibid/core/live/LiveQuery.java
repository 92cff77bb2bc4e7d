package io.ibid.core.live;

import io.ibid.core.query.RowFilter;
import io.ibid.core.query.Statement;
import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/** One observed SELECT. Confinement: loop. */
public final class LiveQuery {

    /** Evaluates and delivers, off the loop. */
    @FunctionalInterface
    public interface Listener {
        /** The result may have changed: run the query on the newest published snapshot, then call {@link LiveQuery#ready} on the loop. */
        void changed();
    }

    private final LiveQueries queries;
    private final Statement statement;
    private final @Nullable RowFilter filter;
    private final Listener listener;
    private boolean busy;
    private boolean stale;
    private boolean closed;

    LiveQuery(LiveQueries queries, Statement statement, Value.Struct arguments, Listener listener) {
        this.queries = queries;
        this.statement = statement;
        this.filter = statement.filter(arguments);
        this.listener = listener;
    }

    Statement statement() {
        return statement;
    }

    @Nullable
    RowFilter filter() {
        return filter;
    }

    boolean isStale() {
        return stale;
    }

    /** Tells the listener, now or when it is ready again. */
    void touch() {
        if (closed) {
            return;
        }
        if (busy) {
            stale = true;
        } else {
            busy = true;
            stale = false;
            listener.changed();
        }
    }

    /** The listener has delivered and can take the next state. */
    public void ready() {
        busy = false;
        if (stale) {
            touch();
        }
    }

    /** Nothing is delivered from now on, but a delivery that has begun may end. Idempotent. */
    public void close() {
        closed = true;
        queries.remove(this);
    }
}
