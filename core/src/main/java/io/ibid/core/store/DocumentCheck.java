package io.ibid.core.store;

import io.ibid.core.crdt.Arrivals;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.HybridClock;
import io.ibid.core.crdt.Slot;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.DocumentId;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks the table of documents: each record by itself, and that the other tables know it. One use. */
final class DocumentCheck {

    private static final String TABLE = "documents";
    private static final long HOUR_MS = 3_600_000;

    private final Check check;
    private final Image image;
    private final RecordWriter writer;
    private final EntryCheck entries;
    private final BlobCheck blobs;
    private final SortedMap<Integer, long[]> counts = new TreeMap<>();

    DocumentCheck(Check check, Image image, BlobCheck blobs) {
        this.blobs = blobs;
        this.check = check;
        this.image = image;
        this.entries = new EntryCheck(check, image);
        this.writer = new RecordWriter(image.names(), image.ablation());
    }

    /** Documents that exist, and husks, by collection. */
    SortedMap<Integer, long[]> counts() {
        return counts;
    }

    void document(byte[] key, byte[] value) {
        ByteReader in = Keys.reader(key);
        int collection = in.varint(Integer.MAX_VALUE);
        String name = image.names().collections.name(collection);
        int idAt = in.position();
        DocumentId id = DocumentId.readOrderedKey(in);
        in.expectEnd();
        Record record = Record.read(image, key, name, idAt, id, value);
        check.expect(
                record.commit() >= 1 && record.commit() <= image.head().commit(),
                TABLE,
                key,
                "its commit " + record.commit() + " is not one of the "
                        + image.head().commit() + " there are");
        Document document = record.document();
        causality(key, record, document);
        long now = record.isTombstone() ? HybridClock.at((record.tombstoneHour() + 1) * HOUR_MS - 1) : 0;
        byte[] again = writer.encode(document, record.commit(), now).at(record.commit());
        check.expect(Arrays.equals(value, again), TABLE, key, "its value and its causal part do not agree");
        neighbours(key, record, collection, id);
        entries.document(record);
        blobs.document(key, collection, record);
        long[] count = counts.computeIfAbsent(collection, any -> new long[2]);
        boolean exists = RecordFlags.has(record.flags(), RecordFlags.EXISTS);
        count[0] += exists ? 1 : 0;
        count[1] += !exists && RecordFlags.has(record.flags(), RecordFlags.FIELDS) ? 1 : 0;
    }

    private void causality(byte[] key, Record record, Document document) {
        VersionVector vv = document.vv();
        check.expect(!vv.isEmpty(), TABLE, key, "its version vector is empty");
        check.expect(document.reap().isAtMost(vv), TABLE, key, "its reaped events are not in its version vector");
        check.expect(document.reapCommit() <= record.commit(), TABLE, key, "it was reaped after its commit");
        for (Dot epoch : document.epochs().values()) {
            check.expect(vv.covers(epoch), TABLE, key, "the counter epoch " + epoch + " is not in its version vector");
        }
        for (int i = 0; i < document.slots().size(); i++) {
            Slot slot = document.slots().slot(i);
            for (int j = 0; j < slot.size(); j++) {
                check.expect(
                        vv.covers(slot.dot(j)),
                        TABLE,
                        key,
                        "the event of " + document.slots().key(i) + " is not in its version vector");
            }
        }
        Arrivals arrivals = document.arrivals();
        for (int i = 0; i < arrivals.size(); i++) {
            check.expect(
                    arrivals.commit(i) >= 1 && arrivals.commit(i) <= record.commit(),
                    TABLE,
                    key,
                    "the event " + arrivals.dot(i) + " arrived at commit " + arrivals.commit(i) + ", after its own");
        }
    }

    private void neighbours(byte[] key, Record record, int collection, DocumentId id) {
        byte[] change = image.snapshot().get(Keys.change(collection, record.commit(), id));
        check.expect(change != null, TABLE, key, "the change index has no entry for it at commit " + record.commit());
        if (record.isTombstone()) {
            check.expect(
                    image.snapshot().get(Keys.tombstone(record.tombstoneHour(), collection, id)) != null,
                    TABLE,
                    key,
                    "the table of tombstones has no entry for it at hour " + record.tombstoneHour());
        }
    }
}
