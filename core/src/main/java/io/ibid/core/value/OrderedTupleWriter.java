package io.ibid.core.value;

import org.jspecify.annotations.Nullable;

/**
 * Writes the key of an index entry: the bodies of several values, each in ascending or descending order, none longer than
 * {@link #BODY_BYTES_MAX}. Read by {@link OrderedTuple}. One use; not for two threads.
 *
 * <p>Descending is the body with all bits inverted: as no body is the beginning of another, that is the reverse order, and still no
 * body is the beginning of another. A body that is too long is cut off. It then ends nowhere, which is how readers notice; it sorts
 * where the whole one would, but next to others that begin like it, in no order among them.
 */
public final class OrderedTupleWriter {

    /** What a body may take before it is cut off. */
    public static final int BODY_BYTES_MAX = 1024;

    private final ByteWriter out;
    private final OrderedKeyWriter keys;
    private final int bodyBytesMax;
    private boolean isCut;

    private OrderedTupleWriter(ByteWriter out, int bodyBytesMax) {
        this.out = out;
        this.keys = new OrderedKeyWriter(out);
        this.bodyBytesMax = bodyBytesMax;
    }

    /** Appends bodies, long ones cut off. */
    public static OrderedTupleWriter cutting(ByteWriter out) {
        return new OrderedTupleWriter(out, BODY_BYTES_MAX);
    }

    /** Appends bodies whole, for comparing: they order exactly. */
    public static OrderedTupleWriter whole(ByteWriter out) {
        return new OrderedTupleWriter(out, Integer.MAX_VALUE);
    }

    /** Appends the body of a value; MISSING has one too. */
    public void append(Value value, boolean descending) {
        int start = out.size();
        keys.top(value);
        finish(start, descending);
    }

    /** As {@link #append(Value, boolean)}, null being MISSING. */
    public void append(@Nullable View value, boolean descending) {
        int start = out.size();
        if (value == null) {
            out.u8(OrderedKeyWriter.MISSING);
        } else {
            value.appendBody(keys);
        }
        finish(start, descending);
    }

    private void finish(int start, boolean descending) {
        if (out.size() - start > bodyBytesMax) {
            out.truncate(start + bodyBytesMax);
            isCut = true;
        }
        if (descending) {
            byte[] buffer = out.buffer();
            for (int i = start; i < out.size(); i++) {
                buffer[i] = (byte) ~buffer[i];
            }
        }
    }

    /** Whether a body was cut off. */
    public boolean isCut() {
        return isCut;
    }

    /** What tells the values apart that have these bodies, see {@link OrderedKey}; empty for integers and all else but floats. */
    public byte[] kinds() {
        return keys.kinds();
    }
}
