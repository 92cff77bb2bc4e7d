package io.ibid.core.live;

import io.ibid.core.query.Limits;
import io.ibid.core.query.LiveReading;
import io.ibid.core.query.LiveSelect;
import io.ibid.core.query.Result;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.Row;
import io.ibid.core.query.Source;
import io.ibid.core.value.DocumentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
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
    /** Whether every row is in the result, so that nobody has to know here which place it has in it. */
    private final boolean whole;

    /** Of a whole result as it was told last; what has changed since is in {@link #changes}. */
    private TreeVersion version;

    private List<TreeVersion.Change> changes = new ArrayList<>();

    /** Of any other result. */
    private EntryTree.@Nullable Node tree;
    /** The last place up to which everything is known; null: to the end. */
    private @Nullable Entry bound;

    private long bytes;

    Window(LiveSelect select, Bounds bounds) {
        order = Entry.order(select);
        offset = select.offset();
        end = sum(offset, select.limit());
        capacity = sum(end, Math.max(bounds.stockMin(), end));
        whole = offset == 0 && end == Long.MAX_VALUE;
        version = new TreeVersion(null, order);
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
        window.version(); // where it keeps nobody waiting
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

    /** The rows as they are now. */
    TreeVersion version() {
        if (!whole) {
            return new TreeVersion(tree, order);
        }
        if (!changes.isEmpty()) {
            version = new TreeVersion(version, changes);
            changes = new ArrayList<>();
            if (version.isFarBehind()) {
                version.tree();
            }
        }
        return version;
    }

    /**
     * Takes a document's new row in, in the place of its old one.
     *
     * @return whether the result is another one now
     */
    boolean put(Entry entry) {
        Entry old = byId.get(entry.id());
        if (whole) {
            return putInWhole(old, entry);
        }
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

    private boolean putInWhole(@Nullable Entry old, Entry entry) {
        if (old != null && old.saysTheSame(entry) && order.compare(old, entry) == 0) {
            return false;
        }
        changes.add(new TreeVersion.Change(old, entry));
        byId.put(entry.id(), entry);
        bytes += entry.bytes() - (old == null ? 0 : old.bytes());
        return true;
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

    private long rank(Entry entry) {
        return EntryTree.rank(tree, entry, order);
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
        if (whole) {
            Entry gone = byId.remove(id);
            if (gone != null) {
                changes.add(new TreeVersion.Change(gone, null));
                bytes -= gone.bytes();
            }
            return gone != null;
        }
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
