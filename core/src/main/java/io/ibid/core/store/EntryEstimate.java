package io.ibid.core.store;

import io.ibid.core.index.Index;
import io.ibid.core.index.SpanRange;
import io.ibid.core.query.Span;
import io.ibid.core.storage.Cursor;

/** Guesses how many entries a span has: counts the first ones, then supposes what the collection's size suggests. Stateless. */
final class EntryEstimate {

    private static final int COUNTED_MAX = 64;

    private EntryEstimate() {}

    static long of(Image image, Index index, Span span) {
        SpanRange range = index.format().range(span);
        if (range.isEmpty()) {
            return 0;
        }
        int counted = 0;
        try (Cursor cursor = image.snapshot().scan(range.from(), range.to(), false)) {
            while (counted < COUNTED_MAX && cursor.next()) {
                counted++;
            }
        }
        long documents = image.count(index.shape().collection()).visible(false);
        boolean isAll = span.equal().isEmpty() && span.low() == null && span.high() == null;
        return counted < COUNTED_MAX ? counted : isAll ? documents : Math.max(counted, documents / 4);
    }
}
