package io.ibid.core.sync.wire;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Cell;
import io.ibid.core.crdt.CellCodec;
import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Hint;
import io.ibid.core.crdt.Slot;
import io.ibid.core.crdt.SlotKey;
import io.ibid.core.crdt.Slots;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@link EntryWriter} wrote. What it returns is a valid delta, so that merging it cannot fail. */
final class EntryReader {
    private final VocabularyReader words;
    private Dot previousDot = Dot.ZERO;

    EntryReader(VocabularyReader words) {
        this.words = words;
    }

    Message.Entry read(ByteReader in) {
        int head = in.u8();
        int kind = head & EntryWriter.KIND_MASK;
        if (head > 0x7f || kind > EntryWriter.KIND_COMPLETE) {
            throw new ProtocolException("CHUNK with an entry of the unknown kind " + head);
        }
        boolean isComplete = kind == EntryWriter.KIND_COMPLETE;
        Named document = words.document(in);
        boolean isFresh = (head & EntryWriter.IS_FRESH) != 0;
        VersionVector knownVv = isFresh ? VersionVector.EMPTY : document.vv;
        VersionVector knownReap = isFresh ? VersionVector.EMPTY : document.reap;
        VersionVector changed = words.vector(in);
        VersionVector vv = knownVv.join(changed);
        previousDot = EntryWriter.greatest(changed);
        VersionVector reap = (head & EntryWriter.HAS_REAP) == 0 ? knownReap : knownReap.join(words.vector(in));
        SortedMap<Path, Dot> epochs = (head & EntryWriter.HAS_EPOCHS) == 0 ? Collections.emptySortedMap() : epochs(in);
        Slots slots = slots(in);
        VersionVector floor = isComplete ? VersionVector.EMPTY : reap;
        if ((head & EntryWriter.HAS_FLOOR) != 0) {
            floor = floor.join(floor(in, knownVv));
        }
        Hint hint = (head & EntryWriter.HAS_HINT) == 0 ? null : hint(in);
        in.expectEnd();
        Delta delta = new Delta(vv, reap, epochs, slots, isComplete, floor, hint).requireValid();
        document.remember(vv, reap);
        return new Message.Entry(document.key, delta);
    }

    private SortedMap<Path, Dot> epochs(ByteReader in) {
        int size = in.count(3);
        SortedMap<Path, Dot> epochs = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            Path path = words.path(in);
            epochs.put(path, words.dot(in));
        }
        return epochs;
    }

    private Slots slots(ByteReader in) {
        int size = in.count(1);
        Slots slots = new Slots(Math.min(size, 1024));
        for (int i = 0; i < size; i++) {
            int tag = in.u8();
            int rank = tag & EntryWriter.RANK_MASK;
            SlotKey key = rank == 0 ? SlotKey.EXIST : CellCodec.key(words.path(in), rank);
            slots.append(key, (tag & EntryWriter.ONE_CELL) != 0 ? one(in, key.type(), tag) : several(in, key.type()));
        }
        return slots;
    }

    private Slot one(ByteReader in, @Nullable FieldType type, int tag) {
        Dot dot = (tag & EntryWriter.SAME_DOT) != 0 ? previousDot : words.dot(in);
        previousDot = dot;
        return Slot.of(dot, (tag & EntryWriter.ONE_TOMB) != 0 ? Cell.TOMB : content(in, type, dot));
    }

    private Slot several(ByteReader in, @Nullable FieldType type) {
        int size = in.count(3);
        Dot[] dots = new Dot[size];
        Cell[] cells = new Cell[size];
        for (int i = 0; i < size; i++) {
            dots[i] = words.dot(in);
            int kind = in.u8();
            if (kind != EntryWriter.CELL_TOMB && kind != (type == null ? 0 : type.rank())) {
                throw new ProtocolException("CHUNK with a cell of kind " + kind + " in a slot of " + type);
            }
            cells[i] = kind == EntryWriter.CELL_TOMB ? Cell.TOMB : content(in, type, dots[i]);
            previousDot = dots[i];
        }
        return Slot.ofSorted(dots, cells);
    }

    private Cell content(ByteReader in, @Nullable FieldType type, Dot own) {
        if (type == null) {
            return Cell.EXISTS;
        }
        return switch (type) {
            case REGISTER -> new Cell.Register(Cbor.read(in));
            case ATTACHMENT -> {
                if (Cbor.read(in) instanceof Value.Struct token) {
                    yield new Cell.Attachment(token);
                }
                throw new ProtocolException("CHUNK with an attachment token that is no object");
            }
            case PN_COUNTER -> new Cell.PnCounter(Cbor.read(in));
            case COUNTER -> {
                Dot epoch = switch (in.u8()) {
                    case EntryWriter.EPOCH_ZERO -> Dot.ZERO;
                    case EntryWriter.EPOCH_OWN -> own;
                    case EntryWriter.EPOCH_OTHER -> words.dot(in);
                    default -> throw new ProtocolException("CHUNK with a counter of an unknown epoch");
                };
                yield new Cell.Counter(epoch, in.zigzag(), in.zigzag());
            }
            case MAP -> Cell.MAP_MARKER;
        };
    }

    private VersionVector floor(ByteReader in, VersionVector knownVv) {
        int size = VocabularyReader.vectorSize(in, 1);
        Actor[] actors = new Actor[size];
        long[] hlcs = new long[size];
        for (int i = 0; i < size; i++) {
            long code = in.varint();
            actors[i] = words.actor(in, code >>> 1);
            hlcs[i] = (code & 1) == 0 ? words.floor(in) : knownVv.get(actors[i]);
        }
        return VersionVector.ofSorted(actors, hlcs);
    }

    private static Hint hint(ByteReader in) {
        if (Cbor.read(in) instanceof Value.Struct fields) {
            return new Hint(fields);
        }
        throw new ProtocolException("CHUNK with a routing hint that is no object");
    }
}
