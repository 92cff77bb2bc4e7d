package io.ibid.core.store;

import io.ibid.core.storage.Batch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents that a transaction has written: the first ones in memory, and when that becomes too much all of them on disk, from where
 * they come back when a statement asks for them. What is in memory counts. Confined like its transaction.
 */
final class PendingTable {

    private static final int ENTRY_BYTES = 400;
    private static final long SPILL_BYTES = 4 << 20;

    private final Image image;
    private final @Nullable Spill spill;
    private final Map<DocumentKey, Pending> kept = new LinkedHashMap<>();
    private long keptBytes;
    private boolean isSpilled;

    /** @param spill null: everything stays in memory */
    PendingTable(Image image, @Nullable Spill spill) {
        this.image = image;
        this.spill = spill;
    }

    /** What the transaction has of a document; null when it has not touched it. Not part of the table until it is {@link #note noted}. */
    @Nullable
    Pending get(DocumentKey key) {
        Pending known = kept.get(key);
        if (known != null || !isSpilled) {
            return known;
        }
        byte[] spilled = spill().get(Spill.key(key));
        return spilled == null ? null : spilled(key, spilled);
    }

    /** A document as it was put on disk. */
    Pending spilled(DocumentKey key, byte[] bytes) {
        Pending pending = PendingCodec.decode(image, key, bytes);
        pending.isSpilled = true;
        return pending;
    }

    /** Makes the document part of the transaction; true when it was not before. */
    boolean note(Pending pending) {
        if (kept.putIfAbsent(pending.key, pending) != null) {
            return false;
        }
        keptBytes += ENTRY_BYTES + (pending.base == null ? 0 : pending.base.sizeBytes());
        return !pending.isSpilled;
    }

    /** Takes a document back to how it was; null: the transaction had not touched it. */
    void restore(DocumentKey key, @Nullable Pending before) {
        if (before != null) {
            kept.put(key, before);
            return;
        }
        kept.remove(key);
        if (isSpilled) {
            Batch batch = new Batch();
            batch.remove(Spill.key(key));
            spill().write(batch);
        }
    }

    /** A statement is done with a document, and has left so many bytes. */
    void written(int bytes) {
        keptBytes += bytes;
        if (spill != null && keptBytes > spill.keptBytesMax()) {
            spillAll();
        }
    }

    /** Puts everything on disk. */
    void spillAll() {
        if (!isSpilled) {
            spill().clear();
            isSpilled = true;
        }
        Batch batch = new Batch();
        for (Pending pending : kept.values()) {
            batch.put(Spill.key(pending.key), PendingCodec.encode(pending));
            if (batch.weight() > SPILL_BYTES) {
                spill().write(batch);
                batch = new Batch();
            }
        }
        spill().write(batch);
        kept.clear();
        keptBytes = 0;
    }

    Spill spill() {
        if (spill == null) {
            throw new AssertionError("a transaction that has nowhere to spill to");
        }
        return spill;
    }

    boolean isSpilled() {
        return isSpilled;
    }

    /** Those in memory, in the order in which they were touched first. */
    Collection<Pending> kept() {
        return Collections.unmodifiableCollection(kept.values());
    }

    /** Those of a collection in memory, in the order of their ids. */
    List<Pending> kept(String collection) {
        List<Pending> found = new ArrayList<>();
        for (Pending pending : kept.values()) {
            if (pending.key.collection().equals(collection)) {
                found.add(pending);
            }
        }
        found.sort(Comparator.comparing(pending -> pending.key));
        return found;
    }

    /** All documents of a collection as they are now, in the order of their ids or backwards. To be closed. */
    PendingWalk walk(String collection, boolean reverse) {
        return new PendingWalk(this, image, collection, reverse);
    }
}
