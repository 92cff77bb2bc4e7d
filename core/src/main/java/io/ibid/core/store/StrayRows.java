package io.ibid.core.store;

import io.ibid.core.index.Entry;
import io.ibid.core.index.SpanRange;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Span;
import io.ibid.core.storage.Cursor;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The documents that belong to a span for a statement that declares types or reads in strict mode, and have no entry there.
 *
 * <p>Such a statement may see a field as MISSING that has a value, of another type: that is true of nearly every pair of field and
 * type, so there are no entries for it. A scan whose span has MISSING in it therefore looks at all entries that agree with it in the
 * keys before: what the statement sees at these it finds as values of entries, because there is one for each combination of variants. In
 * strict mode most entries say themselves that nothing is hidden behind them, so this costs a walk and no look into documents.
 *
 * <p>Loose documents have not all their combinations as entries, and are looked at in any case. Stateless.
 */
final class StrayRows {

    private StrayRows() {}

    static FoundRows open(EntryReader reader, Span span, SpanRange range, boolean reverse) {
        Span candidates = candidates(reader, span);
        return new SortedRows(reverse, sink -> {
            if (candidates != null) {
                SpanRange entries = reader.format().range(candidates);
                walk(reader, entries.from(), entries.to(), range, false, sink);
            }
            byte[] loose = reader.format().loose();
            walk(reader, loose, Keys.after(loose), range, true, sink);
        });
    }

    private static void walk(
            EntryReader reader, byte[] from, byte[] to, SpanRange range, boolean isLoose, Consumer<Found> sink) {
        try (Cursor cursor = reader.image().snapshot().scan(from, to, false)) {
            while (cursor.next()) {
                Entry entry = EntryRows.read(reader, cursor);
                if (isLoose || !(reader.isUnseen(entry) || reader.isCertain(entry))) {
                    Found found = reader.find(entry);
                    if (found != null && range.contains(found.wholeKey()) && reader.isStray(found)) {
                        sink.accept(found);
                    }
                }
            }
        }
    }

    /** The entries of all documents that may be strays but are not loose; null when there are none. */
    private static @Nullable Span candidates(EntryReader reader, Span span) {
        List<IndexShape.Key> keys = reader.format().shape().keys();
        int equal = span.equal().size();
        for (int i = 0; i < keys.size(); i++) {
            IndexShape.Key key = keys.get(i);
            boolean mayStray = EntryReader.affects(reader.typing(), key.path())
                    && (hasMissing(span, i) || reader.looksInside(key));
            if (mayStray) {
                return i > equal ? span : new Span(span.equal().subList(0, i), null, null);
            }
        }
        return null;
    }

    private static boolean hasMissing(Span span, int key) {
        int equal = span.equal().size();
        if (key < equal) {
            return span.equal().get(key) instanceof Value.Missing;
        }
        Span.Bound high = span.high();
        return key > equal || high == null || (high.included() && high.value() instanceof Value.Missing);
    }
}
