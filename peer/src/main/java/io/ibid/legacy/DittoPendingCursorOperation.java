package io.ibid.legacy;

import io.ibid.core.env.Logs;
import io.ibid.core.live.Difference;
import io.ibid.core.query.ResultRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What a collection's {@code find} selects. {@link #sort}, {@link #limit} and {@link #offset} narrow this same operation and return it;
 * everything else runs it. Without a sort documents come in the order of their ids. Confined to one thread until it runs.
 */
public final class DittoPendingCursorOperation {
    private static final Logger LOG = Logs.of("io.ibid.legacy");

    private final Engine engine;
    private Selection selection;

    DittoPendingCursorOperation(Engine engine, Selection selection) {
        this.engine = engine;
        this.selection = selection;
    }

    Selection selection() {
        return selection;
    }

    /** Sorts by a path like {@code owner.name}; the next sort decides where this one leaves documents equal. */
    public DittoPendingCursorOperation sort(String path, DittoSortDirection direction) {
        Objects.requireNonNull(direction, "direction");
        selection = engine.translated(() -> selection.sorted(path, direction));
        return this;
    }

    /** At most so many; a negative number means all. */
    public DittoPendingCursorOperation limit(int limit) {
        selection = selection.limited(limit);
        return this;
    }

    /** Leaves out so many before the first one. */
    public DittoPendingCursorOperation offset(int offset) {
        selection = selection.offset(offset);
        return this;
    }

    /** The documents as they are now. */
    public List<DittoDocument> exec() {
        return DittoDocument.listOf(
                engine.run(selection.select(), selection.arguments()).rows());
    }

    /** Changes the documents in one transaction; gives what was done to each, also to those that stayed as they were (nothing). */
    public Map<DittoDocumentId, List<DittoUpdateResult>> update(DittoUpdateCallback changes) {
        return Writes.update(engine, selection, documents -> Thrown.call(() -> changes.update(documents)));
    }

    /** Deletes them everywhere; gives their ids. */
    public List<DittoDocumentId> remove() {
        return Writes.ids(engine.run(selection.delete(), selection.arguments()));
    }

    /** Forgets them here. They come back while a subscription selects them: cancel that first. Gives their ids. */
    public List<DittoDocumentId> evict() {
        return Writes.ids(engine.run(selection.evict(), selection.arguments()));
    }

    /** Receives from others what matches, until it is cancelled. Sort, limit and offset play no part in it. */
    public DittoSubscription subscribe() {
        if (selection.isPart() || !selection.order().isEmpty()) {
            LOG.warn("A subscription receives everything that matches, without sort, limit and offset: {}", selection);
        }
        return DittoSubscription.open(engine, selection);
    }

    /** Calls back soon with what matches, and again whenever that has changed, by this peer or by others. */
    public DittoLiveQuery observeLocal(DittoLiveQueryCallback callback) {
        return live(null, returning(callback));
    }

    /** Likewise, but after a call the next one waits for the signal. */
    public DittoLiveQuery observeLocalWithNextSignal(DittoLiveQueryWithNextSignalCallback callback) {
        return live(null, callback);
    }

    /** {@link #subscribe} and {@link #observeLocal} in one; stopping it ends both. */
    public DittoLiveQuery observe(DittoLiveQueryCallback callback) {
        return subscribedAndLive(returning(callback));
    }

    /** {@link #subscribe} and {@link #observeLocalWithNextSignal} in one; stopping it ends both. */
    public DittoLiveQuery observeWithNextSignal(DittoLiveQueryWithNextSignalCallback callback) {
        return subscribedAndLive(Objects.requireNonNull(callback, "callback"));
    }

    private static DittoLiveQueryWithNextSignalCallback returning(DittoLiveQueryCallback callback) {
        Objects.requireNonNull(callback, "callback");
        return (documents, event, signalNext) -> {
            callback.update(documents, event);
            signalNext.signalNext();
        };
    }

    private DittoLiveQuery subscribedAndLive(DittoLiveQueryWithNextSignalCallback callback) {
        return live(subscribe(), callback);
    }

    private DittoLiveQuery live(
            @Nullable DittoSubscription subscription, DittoLiveQueryWithNextSignalCallback callback) {
        Objects.requireNonNull(callback, "callback");
        return DittoLiveQuery.start(
                engine,
                selection.select(),
                selection.arguments(),
                new DittoLiveQuery.Names(selection.query(), selection.collection()),
                subscription,
                new Delivery(callback));
    }

    /** Remembers the documents of the last call. Its calls come one at a time. */
    private static final class Delivery implements DittoLiveQuery.Receiver {
        private final DittoLiveQueryWithNextSignalCallback callback;
        private List<DittoDocument> previous = List.of();

        Delivery(DittoLiveQueryWithNextSignalCallback callback) {
            this.callback = callback;
        }

        @Override
        public void changed(List<ResultRow> rows, @Nullable Difference difference, DittoSignalNextCallback signalNext)
                throws Exception {
            List<DittoDocument> old = previous;
            List<DittoDocument> documents = DittoDocument.listOf(rows);
            previous = documents;
            DittoLiveQueryEvent event = difference == null
                    ? DittoLiveQueryEvent.Initial.EVENT
                    : DittoLiveQueryEvent.Update.of(old, difference);
            callback.update(documents, event, signalNext);
        }
    }
}
