package io.ibid.core.store;

import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Edit;
import io.ibid.core.crdt.Known;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.error.Ablation;
import org.jspecify.annotations.Nullable;

/**
 * One document as a transaction has left it so far. Belongs to its transaction. Mutable.
 */
final class Pending {

    final DocumentKey key;

    /** What the store has of it; null for nothing. */
    final @Nullable Record base;

    /** What its last eviction has left; null for nothing. */
    final @Nullable Eviction eviction;

    /** Set when the transaction has forgotten {@link #base}. */
    Change.@Nullable Evict evicted;

    /** The savepoint since which its earlier state need not be noted again. */
    int savepoint;

    private @Nullable Document document;
    private @Nullable VersionVector before;
    private @Nullable Edit edit;
    private @Nullable Encoded encoded;

    Pending(DocumentKey key, @Nullable Record base, @Nullable Eviction eviction) {
        this.key = key;
        this.base = base;
        this.eviction = eviction;
    }

    /** An independent copy of the present state. */
    Pending copy(Ablation ablation) {
        Pending copy = new Pending(key, base, eviction);
        copy.evicted = evicted;
        copy.savepoint = savepoint;
        copy.encoded = encoded;
        copy.before = before;
        if (document != null) {
            copy.document = document.copy();
            if (edit != null && before != null) {
                copy.edit = copy.document.edit(edit.dot(), before, ablation);
            }
        }
        return copy;
    }

    /** The document with what the transaction has written; to be changed through {@link #edit} only. */
    Document document() {
        Document known = document;
        if (known == null) {
            known = base == null || evicted != null ? new Document() : base.document();
            document = known;
            before = known.vv();
        }
        return known;
    }

    /** The vector before the transaction; empty when it began by forgetting the document. */
    VersionVector before() {
        document();
        if (before == null) {
            throw new AssertionError("a document without its earlier vector");
        }
        return before;
    }

    @Nullable
    Edit edit() {
        return edit;
    }

    Edit begin(Dot dot, Ablation ablation) {
        edit = document().edit(dot, before(), ablation);
        return edit;
    }

    /** Drops what the transaction has written. */
    void clear() {
        document = new Document();
        before = VersionVector.EMPTY;
        edit = null;
        encoded = null;
    }

    boolean isChanged() {
        return document != null && !document.vv().equals(before);
    }

    /** The document as it would be stored, worked out behind each statement; null when it has not been written. */
    @Nullable
    Encoded encoded() {
        return encoded;
    }

    void encoded(Encoded now) {
        encoded = now;
    }

    /** The document as readers inside the transaction find it; null for nothing. */
    @Nullable
    Record record(Image image) {
        Encoded now = encoded;
        if (now != null) {
            return Record.pending(image, key, now);
        }
        return evicted == null ? base : null;
    }

    /** The height of the stub that the current actor must not write below. */
    long stub() {
        long left = eviction == null ? 0 : eviction.ownHlc();
        long forgotten = evicted == null ? 0 : evicted.ownHlc();
        return Long.compareUnsigned(left, forgotten) < 0 ? forgotten : left;
    }

    Delta delta() {
        return document().extract(new Known.ByVector(before()));
    }
}
