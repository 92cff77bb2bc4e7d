package io.ibid.core.crdt;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Slot keys and cells as bytes, the same in the change log and on the wire: values are deterministic CBOR, numbers varints (signed
 * ones in zigzag form), a key is its depth, its names and the rank of its type. What does not come out of the writer is refused.
 */
public final class CellCodec {

    private static final int TOMB = 6;
    private static final FieldType[] TYPES = FieldType.values();

    private CellCodec() {}

    /** The cell as everybody writes it, to compare two that claim one dot. */
    static byte[] canonicalBytes(Cell cell) {
        ByteWriter out = new ByteWriter();
        write(out, cell, DotCodec.PLAIN);
        return out.toByteArray();
    }

    public static void write(ByteWriter out, Cell cell, DotCodec dots) {
        out.u8(cell instanceof Cell.Tomb ? TOMB : cell.rank());
        switch (cell) {
            case Cell.Register(Value value) -> Cbor.write(out, value);
            case Cell.Attachment(Value.Struct token) -> Cbor.write(out, token);
            case Cell.Counter counter -> {
                dots.write(out, counter.epoch());
                out.zigzag(counter.base());
                out.zigzag(counter.increment());
            }
            case Cell.PnCounter(Value increment) -> Cbor.write(out, increment);
            case Cell.MapMarker marker -> {}
            case Cell.Exists exists -> {}
            case Cell.Tomb tomb -> {}
        }
    }

    /**
     * Reads a cell of the slot.
     *
     * @throws MalformedException unless it is one that may stand there
     */
    public static Cell read(ByteReader in, SlotKey key, DotCodec dots) {
        int kind = in.u8();
        if (kind == TOMB) {
            return Cell.TOMB;
        }
        if (kind != key.rank()) {
            throw new MalformedException("cell of kind " + kind + " in slot " + key);
        }
        if (key.type() == null) {
            return Cell.EXISTS;
        }
        return switch (key.type()) {
            case REGISTER -> new Cell.Register(Cbor.read(in));
            case ATTACHMENT -> {
                if (Cbor.read(in) instanceof Value.Struct token) {
                    yield new Cell.Attachment(token);
                }
                throw new MalformedException("an attachment token that is no object, in slot " + key);
            }
            case COUNTER -> new Cell.Counter(dots.read(in), in.zigzag(), in.zigzag());
            case PN_COUNTER -> {
                Value increment = Cbor.read(in);
                if (increment instanceof Value.Int
                        || (increment instanceof Value.Float number && Double.isFinite(number.value()))) {
                    yield new Cell.PnCounter(increment);
                }
                throw new MalformedException("a PN counter that is no finite number, in slot " + key);
            }
            case MAP -> Cell.MAP_MARKER;
        };
    }

    public static void writeKey(ByteWriter out, SlotKey key) {
        writePath(out, key.path());
        out.u8(key.rank());
    }

    public static SlotKey readKey(ByteReader in) {
        Path path = readPath(in);
        return key(path, in.u8());
    }

    /**
     * The key of a path and a rank as they were read.
     *
     * @throws MalformedException when there is no such slot
     */
    public static SlotKey key(Path path, int rank) {
        if ((rank == 0) != (path.depth() == 0)) {
            throw new MalformedException("slot type " + rank + " at path '" + path + "'");
        }
        for (FieldType type : TYPES) {
            if (type.rank() == rank) {
                return new SlotKey(path, type);
            }
        }
        if (rank == 0) {
            return SlotKey.EXIST;
        }
        throw new MalformedException("unknown slot type " + rank);
    }

    public static void writePath(ByteWriter out, Path path) {
        out.varint(path.depth());
        for (String key : path.keys()) {
            out.text(key);
        }
    }

    public static Path readPath(ByteReader in) {
        int depth = in.varint(SlotKey.DEPTH_MAX);
        List<String> keys = new ArrayList<>(depth);
        for (int i = 0; i < depth; i++) {
            keys.add(in.text());
        }
        return new Path(keys);
    }
}
