package io.ibid.core.store;

import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import io.ibid.core.value.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A change that is larger than one batch may be, and still one commit.
 *
 * <p>What it writes is put down in the table of parts first, piece by piece, where nobody looks. Once all of it is there, one synced
 * entry of the metadata says so: from then on the change has happened, whatever becomes of the process. Batches of bounded size then
 * write the parts to their tables and remove them, each batch a few parts and exactly these; the last one removes the entry as well.
 * Readers keep the snapshot from before all this until that one is durable. When the store is opened with the entry there, the parts
 * that are left are written; parts without it belong to nothing and are removed. A part is a list of finished writes, not a piece of the
 * change, so that going on after a crash decides nothing anew.
 *
 * <p>One use; holder of the writer turn.
 */
final class Parts {

    private static final int PART_BYTES = 1 << 20;
    private static final long BATCH_BYTES = 32 << 20;

    private final Storage storage;
    private final long commit;
    private final long wholeBytesMax;
    private final long batchBytes;
    private int parts;

    /**
     * @param commit the commit that the change makes
     * @param wholeBytesMax up to which size of its batch a change is written at once
     */
    Parts(Storage storage, long commit, long wholeBytesMax) {
        this.storage = storage;
        this.commit = commit;
        this.wholeBytesMax = wholeBytesMax;
        this.batchBytes = Math.min(BATCH_BYTES, wholeBytesMax);
    }

    /** Whether the change fits into one batch, as far as is known. */
    boolean isEmpty() {
        return parts == 0;
    }

    /** Puts down what the batch holds, if that is much; it is empty then. */
    void relieve(Batch batch) {
        if (batch.weight() > (isEmpty() ? wholeBytesMax : batchBytes)) {
            putDown(batch);
        }
    }

    private void putDown(Batch batch) {
        Batch pieces = new Batch();
        ByteWriter piece = new ByteWriter(1024);
        for (Batch.Operation operation : batch.take()) {
            PartCodec.write(piece, operation);
            if (piece.size() >= Math.min(PART_BYTES, batchBytes)) {
                pieces.put(Keys.part(commit, parts++), piece.toByteArray());
                piece.clear();
            }
            if (pieces.bytes() >= batchBytes) {
                storage.write(pieces);
                pieces = new Batch();
            }
        }
        if (piece.size() > 0) {
            pieces.put(Keys.part(commit, parts++), piece.toByteArray());
        }
        if (!pieces.isEmpty()) {
            storage.write(pieces);
        }
    }

    /** Makes the change happen: not yet durable when this returns, but certain. */
    void apply(Batch last) {
        putDown(last);
        Batch begin = new Batch();
        begin.put(Keys.meta(Keys.APPLYING), new Metadata.Applying(commit, parts, 0).encode());
        storage.write(begin);
        storage.sync();
        goOn(storage, batchBytes);
    }

    /** Nothing comes of the change: removes what was put down. */
    void discard() {
        if (!isEmpty()) {
            clear(storage);
        }
    }

    /**
     * Brings a storage that was just opened to where no change is under way.
     *
     * @throws io.ibid.core.error.IbidException {@code store/corrupt} when parts of a change that has happened are missing or damaged
     */
    static void recover(Storage storage) {
        boolean isUnderWay;
        try (Snapshot snapshot = storage.snapshot()) {
            isUnderWay = Metadata.applying(snapshot) != null;
            if (!isUnderWay && next(snapshot) == null) {
                return;
            }
        }
        if (isUnderWay) {
            goOn(storage, BATCH_BYTES);
        } else {
            clear(storage);
        }
    }

    private static byte @Nullable [] next(Snapshot snapshot) {
        try (Cursor cursor = scan(snapshot)) {
            return cursor.next() ? cursor.key() : null;
        }
    }

    private static Cursor scan(Snapshot snapshot) {
        byte[] prefix = {Keys.PARTS};
        return snapshot.scan(prefix, Keys.after(prefix), false);
    }

    /** Writes the parts that are left to their tables. They were put before the snapshot, and nobody else writes. */
    private static void goOn(Storage storage, long batchBytes) {
        try (Snapshot snapshot = storage.snapshot();
                Cursor cursor = scan(snapshot)) {
            Metadata.Applying applying = Metadata.applying(snapshot);
            if (applying == null) {
                throw new AssertionError("no change is under way");
            }
            Batch batch = new Batch();
            for (int number = applying.written(); number < applying.parts(); number++) {
                byte[] key = Keys.part(applying.commit(), number);
                Corruption.check(cursor.next() && Arrays.equals(cursor.key(), key), key, missing(applying));
                Corruption.read(key, () -> PartCodec.read(cursor.value())).forEach(batch::add);
                batch.removeOnce(key);
                if (batch.weight() >= batchBytes && number + 1 < applying.parts()) {
                    batch.put(
                            Keys.meta(Keys.APPLYING),
                            new Metadata.Applying(applying.commit(), applying.parts(), number + 1).encode());
                    storage.write(batch);
                    batch = new Batch();
                }
            }
            batch.remove(Keys.meta(Keys.APPLYING));
            storage.write(batch);
        }
    }

    static String missing(Metadata.Applying applying) {
        return "this part of the change that makes commit " + applying.commit() + " is missing";
    }

    private static void clear(Storage storage) {
        try (Snapshot snapshot = storage.snapshot();
                Cursor cursor = scan(snapshot)) {
            Batch batch = new Batch();
            while (cursor.next()) {
                batch.removeOnce(cursor.key());
                if (batch.weight() >= PART_BYTES) {
                    storage.write(batch);
                    batch = new Batch();
                }
            }
            storage.write(batch);
        }
    }
}
