package io.ibid.core.store;

import io.ibid.core.crdt.Arrivals;
import io.ibid.core.crdt.Cell;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.HybridClock;
import io.ibid.core.crdt.Slot;
import io.ibid.core.crdt.Slots;
import io.ibid.core.error.Ablation;
import io.ibid.core.value.BinaryWriter;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.Path;

/**
 * Encodes documents as records (docs/storage.md): flags, commit, value, tail.
 *
 * <p>The cells that readers are shown <em>are</em> the value, so the tail names for each leaf of it only the event that wrote it, in
 * the order of the leaves, and nothing at all when one event wrote everything. What the value cannot express (siblings, removals,
 * hidden variants, counters, markers of empty maps) stands in full behind it.
 *
 * <p>Nearly all documents are plain: every slot holds one value, and none stands in another's way. Their slots are the leaves of the
 * value already, in order, so the value is written without working out a reading first.
 *
 * <p>Confined to one thread; the dictionary of actors may grow.
 */
final class RecordWriter {

    private static final int HOUR_MS = 3_600_000;

    private final Ablation ablation;
    private final ByteWriter body = new ByteWriter(1024);
    private final BinaryWriter value = new BinaryWriter(body);
    private final TailWriter tail;

    RecordWriter(Names names, Ablation ablation) {
        this.ablation = ablation;
        this.tail = new TailWriter(body, names);
    }

    /**
     * Encodes a document.
     *
     * @param commit the commit that is being made, {@link Arrivals#PENDING} before it has a number
     * @param nowHlc the hybrid clock of the change: a tombstone's age counts from there at the latest
     */
    Encoded encode(Document document, long commit, long nowHlc) {
        if (commit == Arrivals.PENDING) {
            document.stamp(Arrivals.PENDING);
        }
        body.clear();
        return isPlain(document) ? plain(document, commit) : other(document, commit, nowHlc);
    }

    /** Whether the slots are, besides EXIST, exactly the leaves of the value. */
    private static boolean isPlain(Document document) {
        Slots slots = document.slots();
        int size = slots.size();
        if (size == 0 || slots.key(0).type() != null || !document.epochs().isEmpty()) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            Slot slot = slots.slot(i);
            if (slot.size() != 1) {
                return false;
            }
            Cell cell = slot.cell(0);
            if (i == 0 ? !slot.isLive() : !(cell instanceof Cell.Register || cell instanceof Cell.Attachment)) {
                return false;
            }
            // Sorted by path, so what stands on a path or below it follows at once.
            if (i > 1 && leadsTo(slots.key(i - 1).path(), slots.key(i).path())) {
                return false;
            }
        }
        return true;
    }

    private static boolean leadsTo(Path prefix, Path path) {
        int depth = prefix.depth();
        if (path.depth() < depth) {
            return false;
        }
        for (int i = depth - 1; i >= 0; i--) {
            if (!prefix.key(i).equals(path.key(i))) {
                return false;
            }
        }
        return true;
    }

    private Encoded plain(Document document, long commit) {
        Slots slots = document.slots();
        int flags = RecordFlags.EXISTS | (slots.size() > 1 ? RecordFlags.FIELDS : 0);
        for (int i = 1; i < slots.size(); i++) {
            if (slots.key(i).path().depth() > 1 || slots.slot(i).cell(0) instanceof Cell.Attachment) {
                flags |= RecordFlags.TYPED;
            }
        }
        map(slots, 1, slots.size(), 0);
        int valueBytes = body.size();
        tail.plain(document, commit);
        return new Encoded(flags, body.toByteArray(), valueBytes, 0, tail.greatestActor(), 0);
    }

    /** The map of the slots [from, to), whose paths agree in their first {@code depth} keys. */
    private void map(Slots slots, int from, int to, int depth) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += i == from || !shareMap(slots, i - 1, i, depth) ? 1 : 0;
        }
        value.beginMap(count);
        for (int i = from; i < to; ) {
            Path path = slots.key(i).path();
            value.key(path.key(depth));
            if (path.depth() == depth + 1) {
                leaf(slots.slot(i).cell(0));
                i++;
                continue;
            }
            int end = i + 1;
            while (end < to && shareMap(slots, i, end, depth)) {
                end++;
            }
            map(slots, i, end, depth + 1);
            i = end;
        }
        value.endMap();
    }

    /** Whether two slots of one map are in the same one of its maps. */
    private static boolean shareMap(Slots slots, int i, int j, int depth) {
        Path a = slots.key(i).path();
        Path b = slots.key(j).path();
        return a.depth() > depth + 1 && b.depth() > depth + 1 && a.key(depth).equals(b.key(depth));
    }

    private void leaf(Cell cell) {
        switch (cell) {
            case Cell.Register register -> value.opaque(register.value());
            case Cell.Attachment attachment -> value.attachment(attachment.token());
            default -> throw new AssertionError("a plain document with " + cell);
        }
    }

    private Encoded other(Document document, long commit, long nowHlc) {
        Leaves leaves = new Leaves(document, ablation);
        int flags = leaves.flags();
        int valueBytes = 0;
        int hour = 0;
        if (RecordFlags.has(flags, RecordFlags.TOMBSTONE)) {
            hour = tombstone(document, nowHlc);
        } else {
            leaves.write(value);
            flags = leaves.flags();
            valueBytes = body.size();
        }
        tail.any(document, leaves, commit);
        int removals = 0;
        for (int i = 0; i < document.slots().size(); i++) {
            removals += document.slots().slot(i).isLive() ? 0 : 1;
        }
        return new Encoded(flags, body.toByteArray(), valueBytes, removals, tail.greatestActor(), hour);
    }

    private int tombstone(Document document, long nowHlc) {
        long removedAt = document.reap().isEmpty()
                ? document.vv().maxHlc()
                : document.reap().maxHlc();
        // A time from the future must not keep a tombstone for ever.
        long age = Long.compareUnsigned(removedAt, nowHlc) < 0 ? removedAt : nowHlc;
        int hour = Math.toIntExact(HybridClock.milliseconds(age) / HOUR_MS);
        body.varint(hour);
        body.u8(document.hint() == null ? 0 : 1);
        if (document.hint() != null) {
            Cbor.write(body, document.hint().fields());
        }
        return hour;
    }
}
