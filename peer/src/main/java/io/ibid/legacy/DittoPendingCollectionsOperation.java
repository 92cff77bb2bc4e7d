package io.ibid.legacy;

import io.ibid.core.live.Difference;
import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The collections that have documents here, by name. Confined to one thread until it runs. */
public final class DittoPendingCollectionsOperation {
    private final Engine engine;
    private DittoSortDirection direction = DittoSortDirection.Ascending;
    private int limit = -1;
    private int offset;

    DittoPendingCollectionsOperation(Engine engine) {
        this.engine = engine;
    }

    /** In this order of their names. */
    public DittoPendingCollectionsOperation sort(DittoSortDirection names) {
        direction = Objects.requireNonNull(names, "direction");
        return this;
    }

    /** At most so many; a negative number means all. */
    public DittoPendingCollectionsOperation limit(int most) {
        limit = most;
        return this;
    }

    /** Leaves out so many before the first one. */
    public DittoPendingCollectionsOperation offset(int leftOut) {
        offset = leftOut;
        return this;
    }

    private String statement() {
        return "SELECT name AS _id FROM system:collections ORDER BY name"
                + (direction == DittoSortDirection.Descending ? " DESC" : "")
                + (limit < 0 ? "" : " LIMIT " + limit)
                + (offset <= 0 ? "" : " OFFSET " + offset);
    }

    /** Those there are now. */
    public List<DittoCollection> exec() {
        return collections(engine.run(statement(), Value.Struct.EMPTY).rows());
    }

    private List<DittoCollection> collections(List<ResultRow> rows) {
        return rows.stream()
                .map(row -> new DittoCollection(
                        engine, DittoDocumentId.of(row.value()).toString()))
                .toList();
    }

    /** Calls back soon with the collections, and again when there are others. */
    public DittoLiveQuery observeLocal(DittoCollectionsCallback callback) {
        Objects.requireNonNull(callback, "callback");
        return observeLocalWithNextSignal((event, signalNext) -> {
            callback.update(event);
            signalNext.signalNext();
        });
    }

    /** Likewise, but after a call the next one waits for the signal. */
    public DittoLiveQuery observeLocalWithNextSignal(DittoCollectionsWithNextSignalCallback callback) {
        Objects.requireNonNull(callback, "callback");
        return DittoLiveQuery.start(
                engine,
                statement(),
                Value.Struct.EMPTY,
                new DittoLiveQuery.Names("", "system:collections"),
                null,
                new Delivery(callback));
    }

    /** Remembers the collections of the last call. Its calls come one at a time. */
    private final class Delivery implements DittoLiveQuery.Receiver {
        private final DittoCollectionsWithNextSignalCallback callback;
        private List<DittoCollection> previous = List.of();

        Delivery(DittoCollectionsWithNextSignalCallback callback) {
            this.callback = callback;
        }

        @Override
        public void changed(List<ResultRow> rows, @Nullable Difference difference, DittoSignalNextCallback signalNext)
                throws Exception {
            List<DittoCollection> old = previous;
            previous = collections(rows);
            Difference since = difference == null ? Difference.NONE : difference;
            callback.update(
                    new DittoCollectionsEvent(
                            difference == null,
                            previous,
                            old,
                            since.insertions(),
                            since.deletions(),
                            since.updates(),
                            DittoLiveQueryEvent.Update.moves(since)),
                    signalNext);
        }
    }
}
