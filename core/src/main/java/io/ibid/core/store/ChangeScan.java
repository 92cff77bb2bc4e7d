package io.ibid.core.store;

import io.ibid.core.storage.Cursor;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Walks the change index of several collections as one, in the order of (commit, document). Costs one seek per collection and then
 * one step per entry, whatever else the store holds. Confined to one thread; to be closed before the snapshot it reads.
 */
public final class ChangeScan implements AutoCloseable {

    private static final Comparator<Lane> NEXT_FIRST =
            Comparator.comparingLong((Lane lane) -> lane.commit).thenComparing(lane -> lane.key());

    private final Image image;
    private final List<Cursor> cursors = new ArrayList<>();
    private final PriorityQueue<Lane> lanes = new PriorityQueue<>(NEXT_FIRST);

    private ChangeScan(Image image) {
        this.image = image;
    }

    static ChangeScan open(
            Image image, List<String> collections, long afterCommit, @Nullable DocumentKey afterDocument) {
        ChangeScan scan = new ChangeScan(image);
        try {
            for (String collection : collections) {
                scan.add(collection, afterCommit, afterDocument);
            }
            return scan;
        } catch (RuntimeException e) {
            scan.close();
            throw e;
        }
    }

    private void add(String collection, long afterCommit, @Nullable DocumentKey afterDocument) {
        int number = image.collection(collection);
        if (number == 0) {
            return;
        }
        byte[] from = start(collection, number, afterCommit, afterDocument);
        Cursor cursor = image.snapshot().scan(from, Keys.after(Keys.changes(number)), false);
        cursors.add(cursor);
        advance(new Lane(collection, cursor));
    }

    /** Of the commit that the position stands in, collections below the document's are done and those above have not begun. */
    private static byte[] start(String collection, int number, long afterCommit, @Nullable DocumentKey afterDocument) {
        if (afterDocument == null) {
            return Keys.changesFrom(number, afterCommit + 1);
        }
        int order = ValueOrder.KEYS.compare(collection, afterDocument.collection());
        if (order == 0) {
            return Keys.after(Keys.change(number, afterCommit, afterDocument.id()));
        }
        return Keys.changesFrom(number, order < 0 ? afterCommit + 1 : afterCommit);
    }

    private void advance(Lane lane) {
        if (lane.cursor.next()) {
            lane.read(lane.cursor.key());
            lanes.add(lane);
        }
    }

    /** The next entry, or null at the end. */
    public @Nullable ChangeEntry next() {
        Lane lane = lanes.poll();
        if (lane == null) {
            return null;
        }
        ChangeEntry entry = Corruption.read(lane.storedKey, () -> lane.entry(image.names()));
        advance(lane);
        return entry;
    }

    @Override
    public void close() {
        cursors.forEach(Cursor::close);
        cursors.clear();
        lanes.clear();
    }

    /** One collection's part of the index, standing on an entry. */
    private static final class Lane {
        private final String collection;
        private final Cursor cursor;
        private byte[] storedKey = new byte[0];
        private long commit;
        private @Nullable DocumentKey key;

        private Lane(String collection, Cursor cursor) {
            this.collection = collection;
            this.cursor = cursor;
        }

        private void read(byte[] nextKey) {
            storedKey = nextKey;
            Corruption.guard(nextKey, () -> {
                ByteReader in = Keys.reader(nextKey);
                in.varint();
                commit = in.fixed64();
                key = new DocumentKey(collection, DocumentId.readOrderedKey(in));
                in.expectEnd();
            });
        }

        private DocumentKey key() {
            if (key == null) {
                throw new AssertionError("a change scan stands on no entry");
            }
            return key;
        }

        private ChangeEntry entry(Names names) {
            ChangeValue value = ChangeValue.decode(new ByteReader(cursor.value()));
            return new ChangeEntry(commit, key(), value.evicted(), value.origin(names));
        }
    }
}
