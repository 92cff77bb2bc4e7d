package io.ibid.core.index;

import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Span;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.OrderedTuple;
import io.ibid.core.value.OrderedTupleWriter;
import io.ibid.core.value.Value;
import java.util.Arrays;
import java.util.List;

/**
 * How the entries of one index look (docs/storage.md). Immutable.
 *
 * <p>A key is the table, the number of the index, the bodies of the values, the id. Most values are empty; else they are flags
 * ({@link Entry}) and what tells {@code 1} from {@code 1.0}.
 */
public final class EntryFormat {

    /** The first byte of all keys. */
    public static final byte TABLE = 'X';

    /** Stands where no value begins with it, behind all of them. */
    private static final int LOOSE = 0xff;

    /** The ends of the values of entries that are not asked for them. */
    static final int[] UNKNOWN = {};

    private final IndexShape shape;
    private final byte[] prefix;
    private final boolean[] descending;

    EntryFormat(int number, IndexShape shape) {
        this.shape = shape;
        this.prefix = prefix(number);
        this.descending = new boolean[shape.keys().size()];
        for (int i = 0; i < descending.length; i++) {
            descending[i] = shape.keys().get(i).descending();
        }
    }

    /** What all keys of an index begin with. */
    public static byte[] prefix(int number) {
        return new ByteWriter(8).u8(TABLE).varint(number).toByteArray();
    }

    /** The number of the index that a key belongs to. */
    public static int number(byte[] key) {
        return new ByteReader(key, 1, key.length).varint(Integer.MAX_VALUE);
    }

    public IndexShape shape() {
        return shape;
    }

    /** The number of keys. */
    public int size() {
        return descending.length;
    }

    boolean isDescending(int key) {
        return descending[key];
    }

    byte[] prefix() {
        return prefix;
    }

    /** The least stored key that no entry of the index is less than. */
    public byte[] first() {
        return prefix.clone();
    }

    /** The keys that may belong to a span. */
    public SpanRange range(Span span) {
        return SpanRange.of(prefix, shape, span);
    }

    /** What sorts like the entry that a document with these values has, whatever their length. */
    public byte[] wholeKey(List<Value> values, DocumentId id) {
        ByteWriter out = new ByteWriter(64).bytes(prefix);
        OrderedTupleWriter tuple = OrderedTupleWriter.whole(out);
        for (int i = 0; i < descending.length; i++) {
            tuple.append(values.get(i), descending[i]);
        }
        return out.bytes(id.orderedKey()).toByteArray();
    }

    // ---- documents that are looked at in every scan by statements that declare types

    static byte[] loose(byte[] prefix) {
        byte[] key = Arrays.copyOf(prefix, prefix.length + 1);
        key[prefix.length] = (byte) LOOSE;
        return key;
    }

    /** What the keys begin with of the entries that name loose documents: the last ones of the index. */
    public byte[] loose() {
        return loose(prefix);
    }

    /** The entry that names a loose document. */
    public Entry loose(DocumentId id) {
        byte[] key = new ByteWriter(prefix.length + 1 + id.orderedKey().length)
                .bytes(prefix)
                .u8(LOOSE)
                .bytes(id.orderedKey())
                .toByteArray();
        return new Entry(this, key, new byte[0], prefix.length + 1, 0, UNKNOWN);
    }

    /** Reads an entry of this index. */
    public Entry read(byte[] key, byte[] value) {
        if (key.length > prefix.length && (key[prefix.length] & 0xff) == LOOSE) {
            return new Entry(this, key, value, prefix.length + 1, 0, UNKNOWN);
        }
        int at = prefix.length;
        int cutAt = 0;
        int[] ends = new int[descending.length];
        for (int i = 0; i < ends.length; i++) {
            int end = OrderedTuple.end(key, at, descending[i]);
            at = Math.abs(end);
            ends[i] = at;
            cutAt = end < 0 && cutAt == 0 ? at : cutAt;
        }
        return new Entry(this, key, value, at, cutAt, ends);
    }

    /** Begins an entry. */
    public EntryWriter writer() {
        return new EntryWriter(this);
    }

    List<Value> values(byte[] key, byte[] kinds) {
        return OrderedTuple.values(key, prefix.length, descending, kinds);
    }
}
