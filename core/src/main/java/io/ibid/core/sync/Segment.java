package io.ibid.core.sync;

import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.DeltaCodec;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.IncomingUnit;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.DocumentId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came between two CUTs: the first part in memory, the rest in scratch. Filled on the loop; once sealed nothing changes it, so the
 * holder of the writer turn may walk it while the loop stages what comes next.
 */
final class Segment {
    private static final byte TABLE = 'G';

    private final long area;
    private final List<Kept> kept = new ArrayList<>();
    private long bytes;
    private long keptBytes;
    private long spilled;
    private boolean sealed;

    @SuppressWarnings("ArrayRecordComponent")
    private record Kept(DocumentKey key, byte[] delta) {}

    /**
     * @param area a number of its own, under which its part in scratch stands
     */
    Segment(long area) {
        this.area = area;
    }

    boolean isEmpty() {
        return kept.isEmpty() && spilled == 0;
    }

    long bytes() {
        return bytes;
    }

    long keptBytes() {
        return keptBytes;
    }

    /** Entries in scratch. */
    long spilled() {
        return spilled;
    }

    void seal() {
        sealed = true;
    }

    void keep(DocumentKey key, byte[] delta) {
        requireOpen();
        if (spilled > 0) {
            throw new AssertionError("an entry kept in memory behind entries in scratch");
        }
        kept.add(new Kept(key, delta));
        bytes += delta.length;
        keptBytes += delta.length;
    }

    /** The key and value under which the entry must be put to scratch. */
    KeyValue spill(DocumentKey key, byte[] delta) {
        requireOpen();
        byte[] place = place(spilled);
        spilled++;
        bytes += delta.length;
        ByteWriter value = new ByteWriter(delta.length + 64);
        value.text(key.collection()).blob(key.id().bytes()).bytes(delta);
        return new KeyValue(place, value.toByteArray());
    }

    @SuppressWarnings("ArrayRecordComponent")
    record KeyValue(byte[] key, byte[] value) {}

    byte[] place(long number) {
        return new ByteWriter(17).u8(TABLE).fixed64(area).fixed64(number).toByteArray();
    }

    private void requireOpen() {
        if (sealed) {
            throw new AssertionError("an entry for a sealed segment");
        }
    }

    Walk walk(Storage scratch) {
        return new Walk(scratch);
    }

    /** One walk, in the order of arrival. */
    final class Walk implements AutoCloseable {
        private final Storage scratch;
        private int at;
        private @Nullable Snapshot snapshot;
        private @Nullable Cursor cursor;

        private Walk(Storage scratch) {
            this.scratch = scratch;
        }

        IncomingUnit.@Nullable Staged next() {
            if (at < kept.size()) {
                Kept entry = kept.get(at++);
                return new IncomingUnit.Staged(entry.key(), DeltaCodec.decode(entry.delta()));
            }
            if (spilled == 0) {
                return null;
            }
            if (cursor == null) {
                snapshot = scratch.snapshot();
                cursor = snapshot.scan(place(0), place(spilled), false);
            }
            return cursor.next() ? read(cursor.value()) : null;
        }

        private IncomingUnit.Staged read(byte[] value) {
            ByteReader in = new ByteReader(value);
            DocumentKey key = new DocumentKey(in.text(), DocumentId.ofBytes(in.blob()));
            Delta delta = DeltaCodec.read(in);
            in.expectEnd();
            return new IncomingUnit.Staged(key, delta);
        }

        @Override
        public void close() {
            if (cursor != null) {
                cursor.close();
            }
            if (snapshot != null) {
                snapshot.close();
            }
        }
    }
}
