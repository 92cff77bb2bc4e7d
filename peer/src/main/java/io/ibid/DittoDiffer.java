package io.ibid;

import io.ibid.core.live.Differ;
import io.ibid.core.query.ResultRow;
import java.util.List;

/**
 * Compares lists of items, each with the one given before, which it keeps. Thread-safe.
 *
 * @deprecated register a {@link DittoChangeListenerWithDiff}, which is given the difference
 */
@Deprecated
@SuppressWarnings("try") // close declares what the original declares
public class DittoDiffer implements AutoCloseable {
    private Differ differ = new Differ();

    /** A differ that has seen nothing. */
    public DittoDiffer() {}

    /** How these items differ from those of the last call; at the first call all are insertions. */
    public synchronized DittoDiff diff(List<? extends DittoQueryResultItem> items) {
        List<ResultRow> rows = items.stream().map(DittoQueryResultItem::row).toList();
        return new DittoDiff(differ.difference(rows));
    }

    /** Forgets the last items. */
    @Override
    public synchronized void close() throws Exception {
        differ = new Differ();
    }
}
