package io.ibid.core.value;

import java.util.List;

/**
 * Values as bytes that sort like the values: comparing two keys as unsigned bytes gives {@link ValueOrder#compare}. What index
 * entries and document keys are made of.
 *
 * <p>A key is a <em>body</em>, which orders, and a <em>suffix</em>, which restores. Two values that compare as equal have the same
 * body; {@code 1} and {@code 1.0} differ in the suffix only, which says of each number that could be either whether it was a float.
 * Bodies and whole keys are both prefix-free, so that keys can be followed by anything, and all entries of the values equal to
 * {@code x} are those that start with the body of {@code x}.
 *
 * <p>A body is a tag byte in the order of kinds, then: text and binary as they are up to a zero byte, with the bytes 0 and 1 escaped
 * as 1 1 and 1 2; arrays as their elements up to a zero byte; structs as name and value in turn up to a zero byte. For a number see
 * {@link OrderedNumber}.
 */
public final class OrderedKey {

    private OrderedKey() {}

    /** The key of a value; MISSING has one too, but not inside an array or struct. */
    public static byte[] encode(Value value) {
        ByteWriter out = new ByteWriter(32);
        append(out, value);
        return out.toByteArray();
    }

    /** Appends the key of a value. */
    public static void append(ByteWriter out, Value value) {
        OrderedKeyWriter writer = new OrderedKeyWriter(out);
        writer.top(value);
        writer.suffix();
    }

    /** Appends the body only: what all values have in common that compare as equal to this one. */
    public static void appendBody(ByteWriter out, Value value) {
        new OrderedKeyWriter(out).top(value);
    }

    /**
     * The first eight bytes of the body, filled up with zeros, as an unsigned number: where two differ, the values do, in the same
     * direction. Of an array or a struct less than that.
     */
    public static long prefix(Value value) {
        return switch (value) {
            case Value.Text(String text) -> textPrefix(text, value);
            case Value.Array array -> (long) OrderedKeyWriter.ARRAY << 56;
            case Value.Struct struct -> (long) OrderedKeyWriter.STRUCT << 56;
            default -> bodyPrefix(value);
        };
    }

    private static long textPrefix(String text, Value value) {
        long prefix = (long) OrderedKeyWriter.TEXT << 56;
        for (int i = 0; i < Math.min(text.length(), 7); i++) {
            char c = text.charAt(i);
            if (c <= OrderedKeyWriter.ESCAPE || c >= 0x80) {
                return bodyPrefix(value);
            }
            prefix |= (long) c << (48 - 8 * i);
        }
        return prefix;
    }

    private static long bodyPrefix(Value value) {
        ByteWriter body = new ByteWriter(32);
        appendBody(body, value);
        return Names.prefix(body.buffer(), 0, body.size());
    }

    /**
     * Appends one key for several values, which sorts by the first, then by the second and so on: the bodies, then one suffix for
     * all. Keys of the same number of values are prefix-free; the body of a shorter tuple is a prefix of those it begins.
     */
    public static void appendTuple(ByteWriter out, List<? extends Value> values) {
        OrderedKeyWriter writer = new OrderedKeyWriter(out);
        values.forEach(writer::top);
        writer.suffix();
    }

    /**
     * Reads one key and stops behind it.
     *
     * @throws MalformedException when the bytes do not start with a key as {@link #append} writes it
     */
    public static Value read(ByteReader in) {
        return new OrderedKeyReader(in).single();
    }

    /** Reads the key of so many values. */
    public static List<Value> readTuple(ByteReader in, int count) {
        return new OrderedKeyReader(in).tuple(count);
    }
}
