package io.ibid.core.store;

import io.ibid.core.index.Entry;
import io.ibid.core.index.SpanRange;
import io.ibid.core.query.Row;
import io.ibid.core.query.Span;
import io.ibid.core.storage.Cursor;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents that stand in a span of an index with what the statement sees of them. Nothing but the entries is read where these
 * say all. Holds the snapshot until closed. One thread.
 *
 * <p>Entries whose values were cut off stand together in groups, one per beginning, unsorted within; each group is sorted when it comes.
 */
final class EntryRows implements FoundRows {

    private final Published snapshot;
    private final EntryReader reader;
    private SpanRange range;
    private final boolean reverse;
    private Cursor cursor;
    /** Whether the cursor walks over the whole index, so that the end of the span is to be seen here. */
    private boolean roaming;

    private boolean beyond;

    private @Nullable Entry entry;
    private @Nullable Found found;
    private @Nullable List<Value> values;
    private @Nullable SortedRows group;
    private boolean closed;

    EntryRows(Published snapshot, EntryReader reader, SpanRange range, boolean reverse) {
        this.snapshot = snapshot.acquire();
        this.reader = reader;
        this.range = range;
        this.reverse = reverse;
        this.cursor = reader.image().snapshot().scan(range.from(), range.to(), reverse);
    }

    @Override
    public boolean next() {
        entry = null;
        found = null;
        values = null;
        if (group != null && group.next()) {
            return true;
        }
        group = null;
        while (!closed && !beyond && !range.isEmpty() && cursor.next()) {
            byte[] key = cursor.key();
            if (roaming && Arrays.compareUnsigned(key, range.to()) >= 0) {
                beyond = true;
                return false;
            }
            Entry next = read(reader, key, cursor.value());
            if (reader.isUnseen(next)) {
                continue;
            }
            if (reader.isCertain(next)) {
                entry = next;
                return true;
            }
            if ((next.flags() & Entry.CUT) != 0) {
                SortedRows rows = openGroup(next.cutPrefix());
                if (rows.next()) {
                    group = rows;
                    return true;
                }
                continue;
            }
            Found its = reader.find(next);
            if (its != null && reader.isEntryOf(next, its)) {
                found = its;
                return true;
            }
        }
        return false;
    }

    /** Only forwards: that is how joins read. */
    @Override
    public boolean reset(Span span) {
        if (closed || reverse) {
            return false;
        }
        if (!roaming) {
            SpanRange whole = reader.format().range(Span.ALL);
            cursor.close();
            cursor = reader.image().snapshot().scan(whole.from(), whole.to(), false);
            roaming = true;
        }
        range = reader.format().range(span);
        entry = null;
        found = null;
        values = null;
        group = null;
        beyond = false;
        cursor.seek(range.from());
        return true;
    }

    static Entry read(EntryReader reader, Cursor cursor) {
        return read(reader, cursor.key(), cursor.value());
    }

    private static Entry read(EntryReader reader, byte[] key, byte[] value) {
        return Corruption.read(key, () -> reader.format().read(key, value));
    }

    /** The entries that begin like this; the walk over the others goes on beyond them. */
    private SortedRows openGroup(byte[] prefix) {
        byte[] end = Keys.after(prefix);
        byte[] from = Arrays.compareUnsigned(prefix, range.from()) > 0 ? prefix : range.from();
        byte[] to = Arrays.compareUnsigned(end, range.to()) < 0 ? end : range.to();
        // A reverse cursor goes on at or below what it seeks; the prefix itself is never a key.
        cursor.seek(reverse ? prefix : end);
        return new SortedRows(reverse, sink -> {
            try (Cursor entries = reader.image().snapshot().scan(from, to, false)) {
                while (entries.next()) {
                    Entry cut = read(reader, entries);
                    Found its = reader.isUnseen(cut) ? null : reader.find(cut);
                    if (its != null && reader.isEntryOf(cut, its) && range.contains(its.wholeKey())) {
                        sink.accept(its);
                    }
                }
            }
        });
    }

    private Entry entry() {
        Entry current = entry;
        if (current == null) {
            throw new IllegalStateException("the cursor stands on no entry: call next() first");
        }
        return current;
    }

    @Override
    public byte[] wholeKey() {
        return group != null ? group.wholeKey() : found != null ? found.wholeKey() : entry().key();
    }

    @Override
    public Value key(int i) {
        if (group != null) {
            return group.key(i);
        }
        if (found != null) {
            return found.values().get(i);
        }
        Entry current = entry();
        List<Value> known = values;
        if (known == null && current.isPlain(i)) {
            return Corruption.read(current.key(), () -> current.value(i));
        }
        if (known == null) {
            known = Corruption.read(current.key(), current::values);
            values = known;
        }
        return known.get(i);
    }

    @Override
    public DocumentId id() {
        if (group != null) {
            return group.id();
        }
        if (found != null) {
            return found.record().id();
        }
        Entry current = entry();
        return Corruption.read(current.key(), current::id);
    }

    @Override
    public Row row() {
        return group != null
                ? group.row()
                : found != null ? found.row() : reader.record(entry()).row(reader.typing());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cursor.close();
            snapshot.close();
        }
    }
}
