package io.ibid.core.store;

import io.ibid.core.crdt.Arrivals;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Known;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.value.ByteWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has decided for its documents. Of one that was put on disk this walks over what is there, a few documents at a time,
 * so that it is never in memory as a whole; it may be walked until the next transaction begins. Holder of the writer turn.
 */
final class SealedDocuments implements Iterable<Change.DocumentChange> {

    private static final int DOCUMENTS_PER_LOOK = 256;
    private static final long BYTES_PER_LOOK = 4 << 20;

    private final PendingTable pendings;
    private final Image image;
    private final RecordWriter writer;
    private final long hlc;

    private SealedDocuments(PendingTable pendings, Image image, RecordWriter writer, long hlc) {
        this.pendings = pendings;
        this.image = image;
        this.writer = writer;
        this.hlc = hlc;
    }

    /** @param hlc the time of the transaction */
    static Iterable<Change.DocumentChange> of(PendingTable pendings, Image image, RecordWriter writer, long hlc) {
        SealedDocuments sealed = new SealedDocuments(pendings, image, writer, hlc);
        if (pendings.isSpilled()) {
            pendings.spillAll();
            return sealed;
        }
        List<Change.DocumentChange> changes = new ArrayList<>(pendings.kept().size());
        for (Pending pending : pendings.kept()) {
            Change.DocumentChange change = sealed.change(pending);
            if (change != null) {
                changes.add(change);
            }
        }
        return List.copyOf(changes);
    }

    /** Null: there is nothing to do. */
    private Change.@Nullable DocumentChange change(Pending pending) {
        return pending.isChanged() ? write(pending) : pending.evicted();
    }

    private Change.Write write(Pending pending) {
        Encoded encoded = pending.encoded();
        if (encoded == null) {
            throw new AssertionError("a document that was written but not encoded: " + pending.key);
        }
        VersionVector before = pending.before();
        Record record = Record.pending(image, pending.key, encoded);
        Change.Event event = () -> record.document().extract(new Known.ByVector(before));
        if (encoded.removals() > 0 || encoded.isTombstone()) {
            Document document = record.document();
            // Removals that are due are forgotten behind the event, not in it.
            Removals.forget(document, document.vv().maxHlc(), image.ablation());
            // A tombstone's age depends on the final time of the transaction.
            encoded = writer.encode(document, Arrivals.PENDING, hlc);
        }
        Edited edited = new Edited(pending.key, image, pending.base, encoded);
        return new Change.Write(pending.key, event, pending.evicted(), edited);
    }

    @Override
    public Iterator<Change.DocumentChange> iterator() {
        List<Change.DocumentChange> looked = new ArrayList<>();
        return new Iterator<>() {
            private int at;
            private byte[] from = Spill.all();
            private boolean end;

            @Override
            public boolean hasNext() {
                while (at == looked.size() && !end) {
                    look();
                }
                return at < looked.size();
            }

            @Override
            public Change.DocumentChange next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return looked.get(at++);
            }

            // No snapshot stays open between two calls, because nobody tells when the walk is given up.
            private void look() {
                looked.clear();
                at = 0;
                long bytes = 0;
                byte[] last = from;
                try (Snapshot snapshot = pendings.spill().open();
                        Cursor cursor = snapshot.scan(from, Keys.after(Spill.all()), false)) {
                    while (looked.size() < DOCUMENTS_PER_LOOK && bytes < BYTES_PER_LOOK && !end) {
                        end = !cursor.next();
                        if (!end) {
                            last = cursor.key();
                            byte[] value = cursor.value();
                            Pending pending = pendings.spilled(Spill.document(last), value);
                            bytes += value.length + (pending.base == null ? 0 : pending.base.sizeBytes());
                            Change.DocumentChange change = change(pending);
                            if (change != null) {
                                looked.add(change);
                            }
                        }
                    }
                }
                from = new ByteWriter(last.length + 1).bytes(last).u8(0).toByteArray();
            }
        };
    }
}
