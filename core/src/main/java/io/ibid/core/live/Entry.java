package io.ibid.core.live;

import io.ibid.core.query.LiveReading;
import io.ibid.core.query.LiveSelect;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.Row;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.Comparator;
import java.util.List;

/**
 * One document's row in a result that is kept. Immutable; ties the row to no snapshot.
 *
 * @param keys what ORDER BY sorts by
 * @param place {@link LiveReading#place}, which mostly tells the order without a look at the keys
 * @param bytes roughly what it takes
 */
record Entry(DocumentId id, List<Value> keys, ResultRow row, long place, long bytes) {

    /** Objects around the row, and the nodes of the tree and the map that lead to it. */
    private static final int OVERHEAD_BYTES = 240;

    static Entry of(DocumentId id, Row document, LiveReading reading) {
        List<Value> keys = reading.keys(document);
        ResultRow row = reading.output(document);
        return new Entry(id, keys, row, reading.place(id, keys), OVERHEAD_BYTES + LiveReading.memoryBytes(keys, row));
    }

    /** Whether it says the same as another one. A whole document that was written again counts as another, whatever it says. */
    boolean saysTheSame(Entry other) {
        return row.document() == null
                && other.row.document() == null
                && row.value().equals(other.row.value());
    }

    /** The order of the result: by the keys, each in its direction, then by the id. */
    static Comparator<Entry> order(LiveSelect select) {
        return (a, b) -> {
            if (a.place != b.place) {
                return Long.compareUnsigned(a.place, b.place);
            }
            for (int i = 0; i < a.keys.size(); i++) {
                int order = ValueOrder.compare(a.keys.get(i), b.keys.get(i));
                if (order != 0) {
                    return select.isDescending(i) ? -order : order;
                }
            }
            return a.id.compareTo(b.id);
        };
    }
}
