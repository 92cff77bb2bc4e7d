package io.ibid.core.store;

import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.VersionVector;
import org.jspecify.annotations.Nullable;

/**
 * One document as a transaction has left it so far: kept as it would be stored, because a transaction may write many documents and
 * most of them only once. Belongs to its transaction. Mutable.
 */
final class Pending {

    final DocumentKey key;

    /** What the store has of it; null for nothing. */
    final @Nullable Record base;

    /** What its last eviction has left; null for nothing. */
    final @Nullable Eviction eviction;

    /** The savepoint since which its earlier state need not be noted again. */
    int savepoint;

    /** Whether the transaction has put an earlier state of it on disk. */
    boolean isSpilled;

    private Change.@Nullable Evict evicted;
    private @Nullable Dot dot;
    private @Nullable Encoded encoded;
    private @Nullable VersionVector before;
    private boolean changed;

    Pending(DocumentKey key, @Nullable Record base, @Nullable Eviction eviction) {
        this.key = key;
        this.base = base;
        this.eviction = eviction;
    }

    /** A document that the transaction has not touched. */
    static Pending load(Image image, DocumentKey key) {
        int collection = image.collection(key.collection());
        return new Pending(
                key, collection == 0 ? null : image.record(collection, key), image.eviction(collection, key.id()));
    }

    /** Takes over a state that was put on disk. */
    void restore(int since, Change.@Nullable Evict how, @Nullable Dot event, @Nullable Encoded now, boolean isNew) {
        savepoint = since;
        evicted = how;
        dot = event;
        encoded = now;
        changed = isNew;
    }

    /** An independent copy of the present state. */
    Pending copy() {
        Pending copy = new Pending(key, base, eviction);
        copy.savepoint = savepoint;
        copy.isSpilled = isSpilled;
        copy.evicted = evicted;
        copy.dot = dot;
        copy.encoded = encoded;
        copy.before = before;
        copy.changed = changed;
        return copy;
    }

    /** The document with what the transaction has written; the caller's own. */
    Document document(Image image) {
        Encoded now = encoded;
        if (now != null) {
            return Record.pending(image, key, now).document();
        }
        return base == null || evicted != null ? new Document() : base.document();
    }

    /** The vector before the transaction; empty when it has forgotten the document. */
    VersionVector before() {
        VersionVector known = before;
        if (known == null) {
            known = base == null || evicted != null ? VersionVector.EMPTY : base.vv();
            before = known;
        }
        return known;
    }

    /** The event under which the transaction writes this document; null before it does. */
    @Nullable
    Dot dot() {
        return dot;
    }

    void begin(Dot event) {
        dot = event;
    }

    /** What a statement has left. */
    void wrote(Encoded now, VersionVector vv) {
        changed = !vv.equals(before());
        encoded = now;
    }

    /** Forgets the document, and all that the transaction has written in it. */
    void evict(Change.@Nullable Evict how) {
        evicted = how;
        dot = null;
        encoded = null;
        before = VersionVector.EMPTY;
        changed = false;
    }

    /** Set when the transaction has forgotten {@link #base}. */
    Change.@Nullable Evict evicted() {
        return evicted;
    }

    boolean isChanged() {
        return changed;
    }

    /** The document as it would be stored; null when it has not been written. */
    @Nullable
    Encoded encoded() {
        return encoded;
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
}
