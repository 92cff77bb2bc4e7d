package io.ibid.core.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One commit: its number, what it touched, and the store before and after. Images of documents are read from the snapshots when
 * somebody asks. Immutable; holds both snapshots until closed.
 */
public final class Commit implements AutoCloseable {

    private final long id;
    private final long hlc;
    private final @Nullable StoreId origin;
    private final Published before;
    private final Published after;
    /** Null: to be read back from the change index, because what is large is never held in memory. */
    private final @Nullable List<Touch> touched;

    private final SortedSet<String> collections;
    private final boolean evicts;
    private final List<DocumentKey> echoes;

    Commit(
            long id,
            long hlc,
            @Nullable StoreId origin,
            Published before,
            Published after,
            @Nullable List<Touch> touched,
            SortedSet<String> collections,
            boolean evicts,
            List<DocumentKey> echoes) {
        this.id = id;
        this.hlc = hlc;
        this.origin = origin;
        this.before = before.acquire();
        this.after = after.acquire();
        this.touched = touched;
        this.collections = collections;
        this.evicts = evicts;
        this.echoes = echoes;
    }

    public long id() {
        return id;
    }

    /** The hybrid clock when it was decided. */
    public long hlc() {
        return hlc;
    }

    /** The store whose unit it is; null for a commit of this database. */
    public @Nullable StoreId origin() {
        return origin;
    }

    /** The store before; borrowed, {@link Published#acquire} it to keep it. */
    public Published before() {
        return before;
    }

    /** The store behind; borrowed, {@link Published#acquire} it to keep it. */
    public Published after() {
        return after;
    }

    /** The collections with a touched document. */
    public SortedSet<String> collections() {
        return new TreeSet<>(collections);
    }

    /** Whether some of the touched documents were forgotten here. */
    public boolean evicts() {
        return evicts;
    }

    /** The documents that changed, each once. May be walked several times while the commit is open; a walk that stops early costs nothing. */
    public Iterable<Touch> touched() {
        return touched != null ? touched : this::readBack;
    }

    private Iterator<Touch> readBack() {
        List<Touch> batch = new ArrayList<>();
        return new Iterator<>() {
            private int at;
            private @Nullable DocumentKey last;
            private boolean end;

            @Override
            public boolean hasNext() {
                if (at == batch.size() && !end) {
                    fill();
                }
                return at < batch.size();
            }

            @Override
            public Touch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return batch.get(at++);
            }

            // Reads a bounded part of the index, so that no cursor stays open between two calls.
            private void fill() {
                batch.clear();
                at = 0;
                long from = last == null ? id - 1 : id;
                try (ChangeScan scan = after.changes(collections, from, last)) {
                    ChangeEntry entry = scan.next();
                    while (entry != null && batch.size() < 256) {
                        batch.add(new Touch(entry.key(), entry.evicted()));
                        entry = scan.next();
                    }
                    end = entry == null;
                }
                last = batch.isEmpty() ? last : batch.getLast().key();
            }
        };
    }

    /** Of a unit: the documents of which this store knew more than the supplier. */
    public List<DocumentKey> echoes() {
        return echoes;
    }

    @Override
    public void close() {
        before.close();
        after.close();
    }
}
