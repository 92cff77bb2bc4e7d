package io.ibid.core.live;

import io.ibid.core.query.Row;
import io.ibid.core.query.Source;
import io.ibid.core.query.Typing;
import io.ibid.core.store.Commit;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import io.ibid.core.store.Touch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows the changed documents of one commit to the queries that they may concern.
 *
 * <p>A small commit is examined at once, on the loop. The documents of a large one are read off the loop, a slice at a time, and the loop
 * only tests them, a bounded number of tests between two other tasks. When a commit has so many documents that running the queries again
 * is less work than testing them, it is skipped: then all queries over its collections are concerned.
 *
 * <p>Confinement: loop, but for {@link Slice#read}.
 */
final class CommitExamination {
    private static final long SLICE_BYTES = 4 << 20;
    /** Testing a document takes as long as running a query takes for so many: it is looked up twice, by its key. */
    private static final long SCANNED_PER_TEST = 4;

    private final LiveQueries queries;
    private final Bounds bounds;
    private final long commit;
    private final Published before;
    private final Published after;
    private final Source sourceBefore;
    private final Source sourceAfter;
    private final SortedSet<String> collections;
    private final Iterator<Touch> touched;
    private long documents;
    private long documentsMax = -1;
    private boolean skipped;
    private boolean kept;
    private boolean more = true;
    private boolean reading;
    private boolean closed;

    CommitExamination(LiveQueries queries, Commit commit) {
        this.queries = queries;
        this.bounds = queries.bounds();
        this.commit = commit.id();
        this.before = commit.before();
        this.after = commit.after();
        this.sourceBefore = before.source(queries.reading());
        this.sourceAfter = after.source(queries.reading());
        this.collections = commit.collections();
        this.touched = commit.touched().iterator();
    }

    long commitId() {
        return commit;
    }

    SortedSet<String> collections() {
        return collections;
    }

    /** Holds the commit's snapshots from now on, until {@link #close}. */
    void keep() {
        before.acquire();
        after.acquire();
        kept = true;
    }

    boolean isOver() {
        return skipped || !more;
    }

    boolean isClosed() {
        return closed;
    }

    /** The examination is over, or given up. The snapshots are released when no slice is being read from them. */
    void close() {
        closed = true;
        release();
    }

    private void release() {
        if (kept && !reading) {
            kept = false;
            before.close();
            after.close();
        }
    }

    /** Takes all queries over the collections to be concerned, and examines nothing more. */
    void skip() {
        if (!skipped) {
            skipped = true;
            for (String collection : collections) {
                Audience audience = queries.audience(collection);
                if (audience != null) {
                    audience.forEachTestable(query -> query.skip(commit));
                }
            }
        }
    }

    /** Examines documents here and now, as many as are good for the loop. False: there are more. */
    boolean examineHere() {
        int tests = 0;
        for (int i = 0; i < bounds.documentsHere() && tests < bounds.testsMax(); i++) {
            more = touched.hasNext();
            if (!more) {
                return true;
            }
            DocumentKey key = touched.next().key();
            documents++;
            Audience audience = queries.audience(key.collection());
            if (audience != null) {
                for (Typing typing : audience.typings()) {
                    tests += examine(key, typing, sourceBefore, sourceAfter);
                }
            }
        }
        more = touched.hasNext();
        return !more;
    }

    private int examine(DocumentKey key, Typing typing, Source before, Source after) {
        return examine(
                key,
                typing,
                before.find(key.collection(), key.id(), typing),
                after.find(key.collection(), key.id(), typing));
    }

    /** Gives the number of tests. */
    private int examine(DocumentKey key, Typing typing, @Nullable Row before, @Nullable Row after) {
        Audience audience = queries.audience(key.collection());
        if (audience == null) {
            return 0;
        }
        long stamp = queries.nextStamp();
        return audience.find(typing, before, after, query -> query.examine(commit, stamp, key.id(), before, after));
    }

    /** The next documents, to be read off the loop. */
    Slice nextSlice() {
        if (documentsMax < 0) {
            documentsMax = documentsMax();
        }
        reading = true;
        return new Slice();
    }

    /** How many documents may be examined before running the queries would have been less work. */
    private long documentsMax() {
        long scanned = 0;
        for (String collection : collections) {
            Audience audience = queries.audience(collection);
            if (audience != null) {
                scanned += audience.size() * sourceAfter.count(collection);
            }
        }
        return bounds.documentsMin() + scanned / SCANNED_PER_TEST;
    }

    /** The slice that was being read is there. */
    void returned() {
        reading = false;
        if (closed) {
            release();
        }
    }

    /** Some documents of the commit, as the queries that were there when the slice was made read them. */
    final class Slice {
        private record Images(
                DocumentKey key,
                Typing typing,
                @Nullable Row before,
                @Nullable Row after) {}

        private final TreeMap<String, List<Typing>> typings = new TreeMap<>();
        private final List<Images> images = new ArrayList<>();
        private int next;

        private Slice() {
            for (String collection : collections) {
                Audience audience = queries.audience(collection);
                if (audience != null) {
                    typings.put(collection, audience.typings());
                }
            }
        }

        /** Reads the documents. Any thread, while nobody else has the examination. */
        void read() {
            long bytes = 0;
            for (int i = 0; i < bounds.sliceDocuments() && bytes < SLICE_BYTES && touched.hasNext(); i++) {
                DocumentKey key = touched.next().key();
                documents++;
                for (Typing typing : typings.getOrDefault(key.collection(), List.of())) {
                    Row before = sourceBefore.find(key.collection(), key.id(), typing);
                    Row after = sourceAfter.find(key.collection(), key.id(), typing);
                    images.add(new Images(key, typing, before, after));
                    bytes += (before == null ? 0 : before.memoryBytes()) + (after == null ? 0 : after.memoryBytes());
                }
            }
            more = touched.hasNext();
        }

        /** Shows the documents to the queries, as many as are good for the loop. False: there are more. */
        boolean examine() {
            int tests = 0;
            while (next < images.size() && !skipped) {
                if (tests > bounds.testsMax()) {
                    return false;
                }
                Images image = images.get(next++);
                tests += 1 + CommitExamination.this.examine(image.key, image.typing, image.before, image.after);
            }
            if (documents > documentsMax) {
                skip();
            }
            return true;
        }
    }
}
