package io.ibid.core.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a whole value, or prints it, front to back. It does not follow the tables but checks that they agree with what it meets:
 * no damage can make it read anything twice, so its work is bounded by the input's length.
 */
final class BinaryReader {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int at;

    /** Reads from a position on. */
    BinaryReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** The value up to the limit, which is its exact end. */
    Value value(int limit, int depth) {
        int tag = BinaryLayout.tagByte(bytes, at, limit);
        int start = at++;
        Value value = switch (Tag.BY_NUMBER[tag & BinaryLayout.TAG_MASK]) {
            case NULL -> Value.NULL;
            case FALSE -> Value.FALSE;
            case TRUE -> Value.TRUE;
            case INT, COUNTER -> Value.of(integer(limit));
            case FLOAT -> Value.of(number(limit));
            case TEXT -> {
                int length = length(limit);
                String text = Utf8.decode(bytes, at, length);
                at += length;
                yield new Value.Text(text);
            }
            case BINARY -> {
                int length = length(limit);
                at += length;
                yield new Value.Binary(Arrays.copyOfRange(bytes, at - length, at));
            }
            case ARRAY -> array(start, limit, Nesting.enter(depth));
            case STRUCT, MAP -> struct(start, limit, Nesting.enter(depth));
            case PN_COUNTER -> {
                inner(limit, Tag.INT, Tag.FLOAT);
                yield value(limit, depth);
            }
            case ATTACHMENT -> {
                inner(limit, Tag.STRUCT, Tag.STRUCT);
                yield value(limit, depth);
            }
        };
        expectEnd(limit);
        return value;
    }

    void json(ByteWriter out, int limit, int depth) {
        int tag = BinaryLayout.tagByte(bytes, at, limit);
        int start = at++;
        switch (Tag.BY_NUMBER[tag & BinaryLayout.TAG_MASK]) {
            case NULL -> JsonWriter.nothing(out);
            case FALSE -> JsonWriter.bool(out, false);
            case TRUE -> JsonWriter.bool(out, true);
            case INT, COUNTER -> out.decimal(integer(limit));
            case FLOAT -> JsonWriter.number(out, number(limit));
            case TEXT -> text(out, limit);
            case BINARY -> {
                int length = length(limit);
                at += length;
                JsonWriter.binary(out, Arrays.copyOfRange(bytes, at - length, at));
            }
            case ARRAY -> jsonEntries(out, start, limit, Nesting.enter(depth), false);
            case STRUCT, MAP -> jsonEntries(out, start, limit, Nesting.enter(depth), true);
            case PN_COUNTER -> {
                inner(limit, Tag.INT, Tag.FLOAT);
                json(out, limit, depth);
            }
            case ATTACHMENT -> {
                inner(limit, Tag.STRUCT, Tag.STRUCT);
                json(out, limit, depth);
            }
        }
        expectEnd(limit);
    }

    private void jsonEntries(ByteWriter out, int start, int limit, int depth, boolean named) {
        long head = BinaryLayout.table(bytes, start, limit);
        int table = BinaryLayout.start(head);
        int count = (int) head;
        int width = (bytes[start] >> BinaryLayout.WIDTH_SHIFT) & 3;
        at = table + (count << width);
        int entries = at;
        Names.Entry name = null;
        out.u8(named ? '{' : '[');
        for (int i = 0; i < count; i++) {
            int end = entryEnd(entries, table, width, i, limit);
            if (i > 0) {
                out.u8(',');
            }
            if (named) {
                name = name(end, name);
                out.bytes(name.jsonWithColon());
            }
            json(out, end, depth);
        }
        out.u8(named ? '}' : ']');
    }

    private void text(ByteWriter out, int limit) {
        int length = length(limit);
        JsonWriter.text(out, bytes, at, length);
        at += length;
    }

    private Value array(int start, int limit, int depth) {
        long head = BinaryLayout.table(bytes, start, limit);
        int table = BinaryLayout.start(head);
        int count = (int) head;
        int width = (bytes[start] >> BinaryLayout.WIDTH_SHIFT) & 3;
        at = table + (count << width);
        if (count == 0) {
            return Value.Array.EMPTY;
        }
        int entries = at;
        Value[] elements = new Value[count]; // no longer than the table before it
        for (int i = 0; i < count; i++) {
            elements[i] = value(entryEnd(entries, table, width, i, limit), depth);
        }
        return new Value.Array(List.of(elements));
    }

    private Value struct(int start, int limit, int depth) {
        long head = BinaryLayout.table(bytes, start, limit);
        int table = BinaryLayout.start(head);
        int count = (int) head;
        int width = (bytes[start] >> BinaryLayout.WIDTH_SHIFT) & 3;
        at = table + (count << width);
        int entries = at;
        String[] names = new String[count];
        Value[] values = new Value[count];
        Names.Entry name = null;
        for (int i = 0; i < count; i++) {
            int end = entryEnd(entries, table, width, i, limit);
            name = name(end, name);
            names[i] = name.name();
            values[i] = value(end, depth);
        }
        return Value.Struct.ofSorted(names, values);
    }

    /** Where entry {@code i}, at which the reader stands, ends by the table. */
    private int entryEnd(int entries, int table, int width, int i, int limit) {
        int end = BinaryLayout.end(bytes, table, width, i);
        if (end < 0 || end > limit - entries || entries + end <= at) {
            throw BinaryLayout.damaged("the end of entry " + i, table);
        }
        return entries + end;
    }

    /** The name here, which must come behind the one before it. */
    private Names.Entry name(int limit, Names.@Nullable Entry before) {
        int length = length(limit);
        long prefix = Names.prefix(bytes, at, length);
        Names.Entry name = Names.entry(bytes, at, length, prefix);
        if (before != null) {
            int order = Long.compareUnsigned(before.first(), prefix);
            if (order > 0 || (order == 0 && ValueOrder.compareKeys(before.name(), name.name()) >= 0)) {
                throw BinaryLayout.damaged("names out of order", at);
            }
        }
        at += length;
        return name;
    }

    private void inner(int limit, Tag one, Tag other) {
        int tag = BinaryLayout.tagByte(bytes, at, limit) & BinaryLayout.TAG_MASK;
        if (tag != one.ordinal() && tag != other.ordinal()) {
            throw BinaryLayout.damaged("the kind of a typed value", at);
        }
    }

    private int length(int limit) {
        long head = BinaryLayout.number(bytes, at, limit);
        at = BinaryLayout.start(head);
        int length = (int) head;
        if (length > limit - at) {
            throw BinaryLayout.damaged("a length of " + length, at);
        }
        return length;
    }

    long integer(int limit) {
        long value;
        if (at < limit && bytes[at] >= 0) {
            value = bytes[at++];
        } else {
            ByteReader in = new ByteReader(bytes, at, limit);
            value = in.varint();
            at = in.position();
        }
        return (value >>> 1) ^ -(value & 1);
    }

    double number(int limit) {
        if (limit - at < Long.BYTES) {
            throw BinaryLayout.damaged("a float", at);
        }
        double value = Double.longBitsToDouble((long) LONGS.get(bytes, at));
        at += Long.BYTES;
        return value;
    }

    private void expectEnd(int limit) {
        if (at != limit) {
            throw BinaryLayout.damaged("a value of another length than its entry", at);
        }
    }
}
