package io.ibid.core.store;

import io.ibid.core.index.Index;
import io.ibid.core.index.SpanRange;
import io.ibid.core.query.Span;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;

/**
 * Guesses how many entries a span has: counts them while they are few, and beyond that takes the span's share of the index's weight in the
 * storage. Stateless.
 */
final class EntryEstimate {

    private static final int COUNTED_MAX = 16;

    private EntryEstimate() {}

    static long of(Image image, Index index, Span span) {
        SpanRange range = index.format().range(span);
        if (range.isEmpty()) {
            return 0;
        }
        long documents = image.count(index.shape().collection()).visible(false);
        if (span.equal().isEmpty() && span.low() == null && span.high() == null) {
            return documents;
        }
        int counted = count(image.snapshot(), range);
        if (counted < COUNTED_MAX) {
            return counted;
        }
        byte[] first = index.format().first();
        long all = image.snapshot().weight(first, Keys.after(first));
        long part = image.snapshot().weight(range.from(), range.to());
        double share = all <= 0 ? 1 : Math.min(1, (double) part / all);
        return Math.max(counted, Math.round(share * documents));
    }

    private static int count(Snapshot snapshot, SpanRange range) {
        int counted = 0;
        try (Cursor cursor = snapshot.scan(range.from(), range.to(), false)) {
            while (counted < COUNTED_MAX && cursor.next()) {
                counted++;
            }
        }
        return counted;
    }
}
