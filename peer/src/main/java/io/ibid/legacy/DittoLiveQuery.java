package io.ibid.legacy;

import io.ibid.core.live.Differ;
import io.ibid.core.live.Difference;
import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.Observer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A running live query. It runs until it is stopped or the database is closed, whether or not anybody keeps this object. */
public final class DittoLiveQuery implements AutoCloseable {
    private final Engine engine;
    private final String query;
    private final String collectionName;
    private final @Nullable DittoSubscription subscription;
    private @Nullable Observer observer;
    private boolean stopped;

    private DittoLiveQuery(
            Engine engine, String query, String collectionName, @Nullable DittoSubscription subscription) {
        this.engine = engine;
        this.query = query;
        this.collectionName = collectionName;
        this.subscription = subscription;
    }

    /** Is given each result that differs from the last one, the first one in any case. */
    interface Receiver {
        /** @param difference to the last result; null in the first call */
        void changed(List<ResultRow> rows, @Nullable Difference difference, DittoSignalNextCallback signalNext)
                throws Exception;
    }

    /** @param subscription ends with the live query; null: none */
    static DittoLiveQuery start(
            Engine engine,
            String statement,
            Value.Struct arguments,
            DittoLiveQuery.Names names,
            @Nullable DittoSubscription subscription,
            Receiver receiver) {
        DittoLiveQuery live = new DittoLiveQuery(engine, names.query(), names.collection(), subscription);
        live.observe(statement, arguments, receiver);
        return live;
    }

    /** How it is called. */
    record Names(String query, String collection) {}

    private synchronized void observe(String statement, Value.Struct arguments, Receiver receiver) {
        Differ differ = new Differ();
        boolean[] begun = new boolean[1]; // the calls come one at a time, each after the one before
        observer = engine.observe(statement, arguments, (result, next) -> {
            List<ResultRow> rows = result.rest();
            Difference difference = differ.difference(rows);
            if (!begun[0]) {
                begun[0] = true;
                receiver.changed(rows, null, next::run);
            } else if (difference.equals(Difference.NONE)) {
                next.run();
            } else {
                receiver.changed(rows, difference, next::run);
            }
        });
        engine.opened(this);
    }

    /** The condition as it was given; empty when there is none. */
    public String getQuery() {
        return query;
    }

    public String getCollectionName() {
        return collectionName;
    }

    public synchronized boolean isStopped() {
        return stopped;
    }

    /** No call begins after this returned, but one that has begun may still run. Idempotent. */
    public void stop() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            if (observer != null) {
                observer.close();
            }
        }
        engine.closed(this);
        if (subscription != null) {
            subscription.cancel();
        }
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }
}
