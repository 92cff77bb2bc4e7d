package io.ibid.legacy;

import io.ibid.core.live.Difference;
import io.ibid.core.query.ResultRow;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a collection's {@code findById} selects: one document, or none. */
public final class DittoPendingIdSpecificOperation {
    private final Engine engine;
    private final Selection selection;

    DittoPendingIdSpecificOperation(Engine engine, Selection selection) {
        this.engine = engine;
        this.selection = selection;
    }

    /** The document as it is now; null when there is none. */
    public @Nullable DittoDocument exec() {
        return Writes.single(engine, selection);
    }

    /** Changes the document in a transaction; gives what was done, nothing when there is none. */
    public List<DittoUpdateResult> update(DittoSingleDocumentUpdateCallback changes) {
        return Writes.updateSingle(engine, selection, changes);
    }

    /** Deletes it everywhere; false when there is none. */
    public boolean remove() {
        return !engine.run(selection.delete(), selection.arguments()).ids().isEmpty();
    }

    /** Forgets it here; false when there is none. */
    public boolean evict() {
        return !engine.run(selection.evict(), selection.arguments()).ids().isEmpty();
    }

    /** Receives it from others until it is cancelled. */
    public DittoSubscription subscribe() {
        return DittoSubscription.open(engine, selection);
    }

    /** Calls back soon with the document, and again whenever it has changed, by this peer or by others. */
    public DittoLiveQuery observeLocal(DittoSingleDocumentLiveQueryCallback callback) {
        return live(null, returning(callback));
    }

    /** Likewise, but after a call the next one waits for the signal. */
    public DittoLiveQuery observeLocalWithNextSignal(DittoSingleDocumentLiveQueryWithNextSignalCallback callback) {
        return live(null, callback);
    }

    /** {@link #subscribe} and {@link #observeLocal} in one; stopping it ends both. */
    public DittoLiveQuery observe(DittoSingleDocumentLiveQueryCallback callback) {
        return subscribedAndLive(returning(callback));
    }

    private static DittoSingleDocumentLiveQueryWithNextSignalCallback returning(
            DittoSingleDocumentLiveQueryCallback callback) {
        Objects.requireNonNull(callback, "callback");
        return (document, event, signalNext) -> {
            callback.update(document, event);
            signalNext.signalNext();
        };
    }

    private DittoLiveQuery subscribedAndLive(DittoSingleDocumentLiveQueryWithNextSignalCallback callback) {
        return live(subscribe(), callback);
    }

    private DittoLiveQuery live(
            @Nullable DittoSubscription subscription, DittoSingleDocumentLiveQueryWithNextSignalCallback callback) {
        Objects.requireNonNull(callback, "callback");
        return DittoLiveQuery.start(
                engine,
                selection.select(),
                selection.arguments(),
                new DittoLiveQuery.Names(selection.query(), selection.collection()),
                subscription,
                new Delivery(callback));
    }

    /** Remembers the document of the last call. Its calls come one at a time. */
    private static final class Delivery implements DittoLiveQuery.Receiver {
        private final DittoSingleDocumentLiveQueryWithNextSignalCallback callback;
        private @Nullable DittoDocument previous;

        Delivery(DittoSingleDocumentLiveQueryWithNextSignalCallback callback) {
            this.callback = callback;
        }

        @Override
        public void changed(List<ResultRow> rows, @Nullable Difference difference, DittoSignalNextCallback signalNext)
                throws Exception {
            DittoDocument old = previous;
            DittoDocument document = rows.isEmpty() ? null : new DittoDocument(rows.getFirst());
            previous = document;
            callback.update(
                    document, new DittoSingleDocumentLiveQueryEvent(difference == null, old, document), signalNext);
        }
    }
}
