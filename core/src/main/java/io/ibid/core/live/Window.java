package io.ibid.core.live;

import io.ibid.core.query.Limits;
import io.ibid.core.query.LiveReading;
import io.ibid.core.query.LiveSelect;
import io.ibid.core.query.Result;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.Row;
import io.ibid.core.query.Source;
import io.ibid.core.value.DocumentId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one query as of one commit, kept up to date by single changes: all of them, or with a LIMIT the first ones and some more.
 *
 * <p>Of a query with a LIMIT the window holds every row up to {@code bound}; what lies behind it is unknown. So a row that comes in front
 * of the bound is taken in and one behind it is left out, and both are right without a look at the store. Each row that leaves makes the
 * window smaller. The rows beyond the limit are a stock for that; when it is used up, the window is exhausted and has to be loaded again.
 * The stock is as large as the result, so that a query is run at most once in as many changes as it has rows.
 *
 * <p>Confinement: one thread at a time; the trees it gives out are free of it.
 */
final class Window {
    private final Comparator<Entry> order;
    private final long offset;
    /** Where the result ends; not before the offset. */
    private final long end;

    private final long capacity;
    private final Map<DocumentId, Entry> byId = new LinkedHashMap<>();
    private EntryTree.@Nullable Node tree;
    /** The last place up to which everything is known; null: to the end. */
    private @Nullable Entry bound;

    private long bytes;

    Window(LiveSelect select, Bounds bounds) {
        order = Entry.order(select);
        offset = select.offset();
        end = sum(offset, select.limit());
        capacity = sum(end, Math.max(bounds.stockMin(), end));
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    /**
     * Fills a window out of a snapshot. Blocks: not on the loop.
     *
     * @return null when it would take more bytes than it may
     */
    static @Nullable Window load(LiveSelect select, Source source, Limits limits, Bounds bounds) {
        Window window = new Window(select, bounds);
        LiveReading reading = select.reading();
        try (Result rows = select.load(sum(window.capacity, 1), source, limits)) {
            for (ResultRow row = rows.next(); row != null; row = rows.next()) {
                Row document = row.document();
                if (document == null) {
                    throw new AssertionError("a row that is no document");
                }
                window.put(Entry.of(document.documentId(), document, reading));
                if (window.bytes > bounds.queryBytesMax()) {
                    return null;
                }
            }
        }
        return window;
    }

    long bytes() {
        return bytes;
    }

    /** Whether rows of the result may be unknown. */
    boolean isExhausted() {
        return bound != null && EntryTree.size(tree) < end;
    }

    /** Where the result is in {@link #tree}. */
    long offset() {
        return offset;
    }

    long end() {
        return end;
    }

    EntryTree.@Nullable Node tree() {
        return tree;
    }

    /**
     * Takes a document's new row in, in the place of its old one.
     *
     * @return whether the result is another one now
     */
    boolean put(Entry entry) {
        Entry old = byId.get(entry.id());
        if (old != null && order.compare(old, entry) == 0) {
            return replace(old, entry);
        }
        long oldRank = old == null ? end : drop(old);
        if (bound != null && order.compare(entry, bound) > 0) {
            return isSeen(end, oldRank);
        }
        tree = EntryTree.add(tree, entry, order);
        byId.put(entry.id(), entry);
        bytes += entry.bytes();
        long rank = rank(entry);
        trim();
        return isSeen(rank, oldRank);
    }

    /** In the same place. */
    private boolean replace(Entry old, Entry entry) {
        if (old.saysTheSame(entry)) {
            return false;
        }
        tree = EntryTree.replace(tree, entry, order);
        byId.put(entry.id(), entry);
        bytes += entry.bytes() - old.bytes();
        long rank = rank(entry);
        return isSeen(rank, rank);
    }

    /** Of a result without bounds every place is seen, so that it does not matter which it is. */
    private long rank(Entry entry) {
        return offset == 0 && end == Long.MAX_VALUE ? 0 : EntryTree.rank(tree, entry, order);
    }

    /** Whether a move between two places changes what is between offset and end; equal places: a change at that place. */
    private boolean isSeen(long rank, long oldRank) {
        return Math.max(rank, oldRank) >= offset && Math.min(rank, oldRank) < end;
    }

    /**
     * Takes a document's row out, if it is there.
     *
     * @return whether the result is another one now
     */
    boolean remove(DocumentId id) {
        Entry old = byId.get(id);
        return old != null && isSeen(end, drop(old));
    }

    private long drop(Entry entry) {
        long rank = rank(entry);
        tree = EntryTree.remove(tree, entry, order);
        byId.remove(entry.id());
        bytes -= entry.bytes();
        return rank;
    }

    private void trim() {
        while (tree != null && tree.size() > capacity) {
            drop(EntryTree.last(tree));
            bound = tree == null ? bound : EntryTree.last(tree);
        }
    }
}
