package io.ibid.core.store;

import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.DocumentId;
import org.jspecify.annotations.Nullable;

/**
 * Where the transaction that holds the writer turn puts what it has written when memory becomes scarce: a table of the scratch storage, in
 * the order of collection and id. What a transaction leaves there is void once it is over. Holder of the writer turn.
 */
final class Spill implements AutoCloseable {

    private static final byte TABLE = 'W';
    private static final long REMOVALS_BYTES = 1 << 20;

    private final Storage scratch;
    private final long keptBytesMax;
    private @Nullable Snapshot snapshot;
    private boolean isUsed;

    /** @param keptBytesMax how much of a transaction stays in memory */
    Spill(Storage scratch, long keptBytesMax) {
        this.scratch = scratch;
        this.keptBytesMax = keptBytesMax;
    }

    long keptBytesMax() {
        return keptBytesMax;
    }

    static byte[] key(DocumentKey key) {
        byte[] id = key.id().orderedKey();
        return start(key.collection(), id.length).bytes(id).toByteArray();
    }

    /** What all keys of the collection's documents begin with. */
    static byte[] documents(String collection) {
        return start(collection, 0).toByteArray();
    }

    private static ByteWriter start(String collection, int more) {
        return new ByteWriter(collection.length() + more + 8).u8(TABLE).text(collection);
    }

    /** The document that a key names. */
    static DocumentKey document(byte[] key) {
        return Corruption.read(key, () -> {
            var in = Keys.reader(key);
            return new DocumentKey(in.text(), DocumentId.readOrderedKey(in));
        });
    }

    void write(Batch batch) {
        isUsed = true;
        scratch.write(batch);
        closeSnapshot();
    }

    byte @Nullable [] get(byte[] key) {
        Snapshot current = snapshot;
        if (current == null) {
            current = scratch.snapshot();
            snapshot = current;
        }
        return current.get(key);
    }

    /** A view of its own, to be closed by the caller. */
    Snapshot open() {
        return scratch.snapshot();
    }

    static byte[] all() {
        return new byte[] {TABLE};
    }

    /** The transaction is over. */
    void clear() {
        if (!isUsed) {
            return;
        }
        closeSnapshot();
        try (Snapshot left = scratch.snapshot();
                Cursor cursor = left.scan(all(), Keys.after(all()), false)) {
            Batch batch = new Batch();
            while (cursor.next()) {
                batch.remove(cursor.key());
                if (batch.weight() > REMOVALS_BYTES) {
                    scratch.write(batch);
                    batch = new Batch();
                }
            }
            scratch.write(batch);
        }
        isUsed = false;
    }

    private void closeSnapshot() {
        if (snapshot != null) {
            snapshot.close();
            snapshot = null;
        }
    }

    /** Releases what it holds of the scratch storage. */
    @Override
    public void close() {
        closeSnapshot();
    }
}
