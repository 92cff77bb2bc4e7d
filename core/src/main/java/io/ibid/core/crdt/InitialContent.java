package io.ibid.core.crdt;

import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The typed fields of an INITIAL document, from which its dot is computed. */
public final class InitialContent implements FieldWriter {

    private final SortedMap<SlotKey, Cell> cells = new TreeMap<>();

    @Override
    public void set(Path path, Value value) {
        cells.put(new SlotKey(path, FieldType.REGISTER), new Cell.Register(value));
    }

    @Override
    public void map(Path path) {
        cells.put(new SlotKey(path, FieldType.MAP), Cell.MAP_MARKER);
    }

    @Override
    public void attachment(Path path, Value.Struct token) {
        cells.put(new SlotKey(path, FieldType.ATTACHMENT), new Cell.Attachment(token));
    }

    @Override
    public void restart(Path path, long value) {
        // The epoch of a value other than 0 is the dot, which is not known yet.
        cells.put(new SlotKey(path, FieldType.COUNTER), new Cell.Counter(Dot.ZERO, value, 0));
    }

    @Override
    public void pnSet(Path path, Value number) {
        cells.put(new SlotKey(path, FieldType.PN_COUNTER), new Cell.PnCounter(number));
    }

    void forEach(BiConsumer<SlotKey, Cell> action) {
        cells.forEach(action);
    }

    /**
     * The content as bytes: equal exactly when the same fields have the same values <em>and types</em>. The types belong to it
     * because one dot must mean the same cells everywhere, and peers may read one JSON document with different definitions.
     */
    public byte[] canonicalBytes() {
        ByteWriter out = new ByteWriter();
        out.varint(cells.size());
        cells.forEach((key, cell) -> {
            CellCodec.writeKey(out, key);
            CellCodec.write(out, cell, DotCodec.PLAIN);
        });
        return out.toByteArray();
    }
}
