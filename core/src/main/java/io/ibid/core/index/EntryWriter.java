package io.ibid.core.index;

import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.OrderedTupleWriter;
import io.ibid.core.value.Value;
import io.ibid.core.value.View;
import org.jspecify.annotations.Nullable;

/** Makes one entry, key by key. */
public final class EntryWriter {

    private final EntryFormat format;
    private final ByteWriter out = new ByteWriter(64);
    private final OrderedTupleWriter tuple = OrderedTupleWriter.cutting(out);
    private int keys;

    EntryWriter(EntryFormat format) {
        this.format = format;
        out.bytes(format.prefix());
    }

    /** The value of the next key; null is MISSING. */
    public void add(@Nullable View value) {
        tuple.append(value, format.isDescending(keys++));
    }

    /** The value of the next key. */
    public void add(Value value) {
        tuple.append(value, format.isDescending(keys++));
    }

    /** The entry of a document with these values. */
    public Entry finish(DocumentId id, int flags) {
        int idAt = out.size();
        byte[] key = out.bytes(id.orderedKey()).toByteArray();
        if (tuple.isCut()) {
            return format.read(key, new byte[] {(byte) (flags | Entry.CUT)});
        }
        byte[] kinds = tuple.kinds();
        byte[] value = new byte[flags == 0 && kinds.length == 0 ? 0 : kinds.length + 1];
        if (value.length > 0) {
            value[0] = (byte) flags;
            System.arraycopy(kinds, 0, value, 1, kinds.length);
        }
        return new Entry(format, key, value, idAt, 0, EntryFormat.UNKNOWN);
    }
}
