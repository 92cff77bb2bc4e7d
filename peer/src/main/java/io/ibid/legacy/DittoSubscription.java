package io.ibid.legacy;

import io.ibid.peer.runtime.Subscription;

/** What this peer wants from others; active until it is cancelled or the database is closed, whether or not anybody keeps this object. */
public final class DittoSubscription implements AutoCloseable {
    private final Engine engine;
    private final Selection selection;
    private final Subscription subscription;

    private DittoSubscription(Engine engine, Selection selection, Subscription subscription) {
        this.engine = engine;
        this.selection = selection;
        this.subscription = subscription;
    }

    static DittoSubscription open(Engine engine, Selection selection) {
        DittoSubscription open = new DittoSubscription(
                engine, selection, engine.subscribe(selection.subscription(), selection.arguments()));
        engine.opened(open);
        return open;
    }

    /** The condition as it was given; empty when there is none. */
    public String getQuery() {
        return selection.query();
    }

    public String getCollectionName() {
        return selection.collection();
    }

    public boolean isCancelled() {
        return subscription.isClosed();
    }

    /** Nothing more is received for it; what has arrived stays. Idempotent. */
    public void cancel() {
        subscription.close();
        engine.closed(this);
    }

    /** The same as {@link #cancel()}. */
    @Override
    public void close() {
        cancel();
    }
}
