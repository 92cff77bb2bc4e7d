package io.ibid.core.crdt;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A delta as self-contained bytes, for the change log, staging and tests (a session has its own form with dictionaries):
 *
 * <pre>
 * flags      1 byte: 1 complete, 2 with hint
 * vv         count, then per actor 16 bytes and its time
 * reap       count, then per entry a dot within vv
 * floor      likewise; not when complete
 * epochs     count, then path and dot
 * slots      count, then key, count of cells, per cell dot and cell ({@link CellCodec})
 * hint       struct
 * </pre>
 *
 * Counts and times are varints; a dot is a position in vv and a distance to the time there, so none can lie beyond it. Everything is
 * sorted, and there is one encoding of every delta.
 */
public final class DeltaCodec {

    private static final int COMPLETE = 1;
    private static final int HINT = 2;

    private DeltaCodec() {}

    public static byte[] encode(Delta delta) {
        ByteWriter out = new ByteWriter();
        write(out, delta);
        return out.toByteArray();
    }

    public static void write(ByteWriter out, Delta delta) {
        out.u8((delta.complete() ? COMPLETE : 0) | (delta.hint() == null ? 0 : HINT));
        VersionVector vv = delta.vv();
        vv.write(out);
        DotCodec dots = DotCodec.within(vv);
        writeVector(out, delta.reap(), dots);
        if (!delta.complete()) {
            writeVector(out, delta.floor(), dots);
        }
        out.varint(delta.epochs().size());
        delta.epochs().forEach((path, epoch) -> {
            CellCodec.writePath(out, path);
            dots.write(out, epoch);
        });
        writeSlots(out, delta.slots(), dots);
        if (delta.hint() != null) {
            Cbor.write(out, delta.hint().fields());
        }
    }

    private static void writeVector(ByteWriter out, VersionVector vector, DotCodec dots) {
        out.varint(vector.size());
        for (int i = 0; i < vector.size(); i++) {
            dots.write(out, new Dot(vector.hlc(i), vector.actor(i)));
        }
    }

    private static void writeSlots(ByteWriter out, Slots slots, DotCodec dots) {
        out.varint(slots.size());
        for (int i = 0; i < slots.size(); i++) {
            CellCodec.writeKey(out, slots.key(i));
            Slot slot = slots.slot(i);
            out.varint(slot.size());
            for (int j = 0; j < slot.size(); j++) {
                dots.write(out, slot.dot(j));
                CellCodec.write(out, slot.cell(j), dots);
            }
        }
    }

    /**
     * The delta of these bytes, all of them.
     *
     * @throws MalformedException unless they are what {@link #encode} makes of some valid delta
     */
    public static Delta decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        Delta delta = read(in);
        in.expectEnd();
        return delta;
    }

    /** Reads one delta and stops behind it. */
    public static Delta read(ByteReader in) {
        int flags = in.u8();
        if (flags > (COMPLETE | HINT)) {
            throw new MalformedException("unknown flags " + flags + " of a delta");
        }
        try {
            boolean complete = (flags & COMPLETE) != 0;
            VersionVector vv = VersionVector.read(in);
            DotCodec dots = DotCodec.within(vv);
            VersionVector reap = readVector(in, dots);
            VersionVector floor = complete ? VersionVector.EMPTY : readVector(in, dots);
            SortedMap<Path, Dot> epochs = readEpochs(in, dots);
            Slots slots = readSlots(in, dots);
            Hint hint = (flags & HINT) == 0 ? null : readHint(in);
            return new Delta(vv, reap, epochs, slots, complete, floor, hint).requireValid();
        } catch (IllegalArgumentException e) {
            // The constructors of sorted things refuse what is not sorted.
            throw new MalformedException("a delta that is out of order: " + e.getMessage());
        }
    }

    private static VersionVector readVector(ByteReader in, DotCodec dots) {
        int size = in.count(2);
        Actor[] actors = new Actor[size];
        long[] hlcs = new long[size];
        for (int i = 0; i < size; i++) {
            Dot dot = dots.read(in);
            actors[i] = dot.actor();
            hlcs[i] = dot.hlc();
        }
        return VersionVector.ofSorted(actors, hlcs);
    }

    private static SortedMap<Path, Dot> readEpochs(ByteReader in, DotCodec dots) {
        int size = in.count(3);
        if (size == 0) {
            return Delta.NO_EPOCHS;
        }
        SortedMap<Path, Dot> epochs = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            Path path = CellCodec.readPath(in);
            if (!epochs.isEmpty() && epochs.lastKey().compareTo(path) >= 0) {
                throw new MalformedException("counter epochs that are out of order");
            }
            epochs.put(path, dots.read(in));
        }
        return epochs;
    }

    private static Slots readSlots(ByteReader in, DotCodec dots) {
        int size = in.count(4);
        Slots slots = new Slots(size);
        for (int i = 0; i < size; i++) {
            SlotKey key = CellCodec.readKey(in);
            slots.append(key, readSlot(in, key, dots));
        }
        return slots;
    }

    private static Slot readSlot(ByteReader in, SlotKey key, DotCodec dots) {
        int size = in.count(3);
        Dot[] cellDots = new Dot[size];
        Cell[] cells = new Cell[size];
        for (int i = 0; i < size; i++) {
            cellDots[i] = dots.read(in);
            cells[i] = CellCodec.read(in, key, dots);
        }
        return Slot.ofSorted(cellDots, cells);
    }

    private static Hint readHint(ByteReader in) {
        if (Cbor.read(in) instanceof Value.Struct fields) {
            return new Hint(fields);
        }
        throw new MalformedException("a routing hint that is no object");
    }
}
