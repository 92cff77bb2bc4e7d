package io.ibid.core.store;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Arrivals;
import io.ibid.core.crdt.Cell;
import io.ibid.core.crdt.CellCodec;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.DotCodec;
import io.ibid.core.crdt.Hint;
import io.ibid.core.crdt.Slot;
import io.ibid.core.crdt.SlotKey;
import io.ibid.core.crdt.Slots;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.View;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@link TailWriter} wrote, back into a document. Confined to one use. */
final class TailReader {

    private final ByteReader in;
    private final Names names;
    private final long commit;
    private final int flags;
    private final VersionVector vv;
    private Dot[] eventDots = new Dot[0];
    private long[] eventCommits = new long[0];

    /**
     * Reads up to the version vector.
     *
     * @param commit the record's
     */
    TailReader(ByteReader in, Names names, long commit) {
        this.in = in;
        this.names = names;
        this.commit = commit;
        this.flags = in.varint(TailWriter.ALL);
        this.vv = vector();
    }

    VersionVector vv() {
        return vv;
    }

    private VersionVector vector() {
        int size = in.count(2);
        long greatest = in.fixed64();
        Actor[] actors = new Actor[size];
        long[] hlcs = new long[size];
        for (int i = 0; i < size; i++) {
            actors[i] = names.actors.name(in.varint());
            hlcs[i] = greatest - in.varint();
        }
        return size == 0 ? VersionVector.EMPTY : VersionVector.ofSorted(actors, hlcs);
    }

    /**
     * Reads the rest.
     *
     * @param value the record's value; null for a tombstone
     */
    Document document(@Nullable View value, @Nullable Hint hint) {
        DotCodec dots = DotCodec.within(vv);
        long reapCommit = 0;
        VersionVector reap = VersionVector.EMPTY;
        if (RecordFlags.has(flags, TailWriter.REAP)) {
            reapCommit = absolute(in.varint());
            reap = reap(dots);
        }
        SortedMap<Path, Dot> epochs = new TreeMap<>();
        if (RecordFlags.has(flags, TailWriter.EPOCHS)) {
            for (int i = in.count(3); i > 0; i--) {
                epochs.put(CellCodec.readPath(in), dots.read(in));
            }
        }
        Arrivals arrivals = events();
        Slots slots = new Slots(value == null ? 4 : value.size() + 2);
        cells(slots, value, dots);
        in.expectEnd();
        return Document.restore(vv, reap, reapCommit, epochs, slots, arrivals, hint);
    }

    private VersionVector reap(DotCodec dots) {
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

    private Arrivals events() {
        int size = in.count(3);
        eventDots = new Dot[size];
        eventCommits = new long[size];
        for (int i = 0; i < size; i++) {
            int actor = in.varint(vv.size() - 1);
            long distance = in.varint();
            if (Long.compareUnsigned(distance, vv.hlc(actor)) >= 0) {
                throw new MalformedException("An event before the beginning of time");
            }
            eventDots[i] = new Dot(vv.hlc(actor) - distance, vv.actor(actor));
            eventCommits[i] = absolute(in.varint());
        }
        return size == 0 ? Arrivals.NONE : Arrivals.ofSorted(eventDots, eventCommits);
    }

    private long absolute(long relative) {
        return relative == 0 ? commit : relative;
    }

    private Dot event(long index) {
        if (index < 0 || index >= eventDots.length) {
            throw new MalformedException("Event " + index + " of " + eventDots.length);
        }
        return eventDots[(int) index];
    }

    private void cells(Slots slots, @Nullable View value, DotCodec dots) {
        if (RecordFlags.has(flags, TailWriter.EXIST)) {
            slots.append(SlotKey.EXIST, Slot.of(nextEvent(), Cell.EXISTS));
        }
        if (value != null) {
            leaves(slots, value, Path.ROOT);
        }
        if (RecordFlags.has(flags, TailWriter.EXCEPTIONS)) {
            for (int i = in.count(5); i > 0; i--) {
                SlotKey key = CellCodec.readKey(in);
                if (slots.get(key) != null) {
                    throw new MalformedException("The slot " + key + " stands in the record twice");
                }
                slots.put(key, exception(key, dots));
            }
        }
    }

    private void leaves(Slots slots, View map, Path path) {
        int size = map.size();
        for (int i = 0; i < size; i++) {
            View child = map.child(i);
            FieldType type = child.fieldType();
            if (type == FieldType.MAP) {
                leaves(slots, child, path.child(map.name(i)));
            } else if (type == FieldType.REGISTER || type == FieldType.ATTACHMENT) {
                leaf(slots, map, i, path, child);
            }
        }
    }

    private void leaf(Slots slots, View map, int index, Path path, View leaf) {
        Dot dot = nextEventOrException();
        if (dot == null) {
            return;
        }
        SlotKey key = new SlotKey(path.child(map.name(index)), leaf.fieldType());
        Value value = leaf.toValue();
        Cell cell = value instanceof Value.Struct token && key.type() == FieldType.ATTACHMENT
                ? new Cell.Attachment(token)
                : new Cell.Register(value);
        slots.append(key, Slot.of(dot, cell));
    }

    private Dot nextEvent() {
        Dot dot = nextEventOrException();
        if (dot == null) {
            throw new MalformedException("A document's existence without an event");
        }
        return dot;
    }

    /** The event of the next leaf; null when the leaf's slot stands among the exceptions. */
    private @Nullable Dot nextEventOrException() {
        long number = eventDots.length == 1 ? 1 : in.varint();
        return number == 0 ? null : event(number - 1);
    }

    private Slot exception(SlotKey key, DotCodec dots) {
        int size = in.count(2);
        Dot[] cellDots = new Dot[size];
        Cell[] cells = new Cell[size];
        for (int i = 0; i < size; i++) {
            cellDots[i] = event(in.varint());
            cells[i] = CellCodec.read(in, key, dots);
        }
        return Slot.ofSorted(cellDots, cells);
    }
}
