package io.ibid.core.value;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads keys back. The kinds of the numbers stand behind the body, so it is read with every shared number as an integer first; only
 * when the suffix names a float is the value made again.
 */
final class OrderedKeyReader {

    private static final int TUPLE_MAX = 1024;

    private final ByteReader in;
    private long kindBits;

    OrderedKeyReader(ByteReader in) {
        this.in = in;
    }

    List<Value> tuple(int count) {
        List<Value> values = bodies(count);
        restore(values, in.bytes((int) ((kindBits + 7) >>> 3)));
        return values;
    }

    /** A key of one value, mostly a text, which has no suffix. */
    Value single() {
        Value value = top();
        if (kindBits == 0) {
            return value;
        }
        List<Value> values = new ArrayList<>(List.of(value));
        restore(values, in.bytes((int) ((kindBits + 7) >>> 3)));
        return values.getFirst();
    }

    /** One body whose suffix is all zeros, up to the end. */
    Value last() {
        Value value = top();
        in.expectEnd();
        return value;
    }

    /** As {@link #tuple}, with the suffix from elsewhere, where no bytes stand for zeros. */
    List<Value> tuple(int count, byte[] suffix) {
        List<Value> values = bodies(count);
        if (suffix.length > 0) {
            if (suffix.length != (kindBits + 7) >>> 3) {
                throw new MalformedException("A suffix of " + suffix.length + " bytes for " + kindBits + " bits");
            }
            restore(values, suffix);
        }
        return values;
    }

    private List<Value> bodies(int count) {
        if (count < 0 || count > TUPLE_MAX) {
            throw new AssertionError("A key of " + count + " values");
        }
        List<Value> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(top());
        }
        return values;
    }

    private static void restore(List<Value> values, byte[] suffix) {
        boolean integersOnly = true;
        for (byte kinds : suffix) {
            integersOnly &= kinds == 0;
        }
        if (!integersOnly) {
            Kinds kinds = new Kinds(suffix);
            values.replaceAll(kinds::restore);
            kinds.expectEnd();
        }
    }

    private Value top() {
        if (in.peek() == OrderedKeyWriter.MISSING) {
            in.skip(1);
            return Value.MISSING;
        }
        return body(in.u8(), 0);
    }

    private Value body(int tag, int depth) {
        return switch (tag) {
            case OrderedKeyWriter.FALSE -> Value.FALSE;
            case OrderedKeyWriter.TRUE -> Value.TRUE;
            case OrderedKeyWriter.NAN -> Value.of(Double.NaN);
            case OrderedKeyWriter.NEGATIVE -> number(true);
            case OrderedKeyWriter.ZERO -> {
                kindBits += 2;
                yield Value.of(0);
            }
            case OrderedKeyWriter.POSITIVE -> number(false);
            case OrderedKeyWriter.BINARY -> new Value.Binary(unescaped().toByteArray());
            case OrderedKeyWriter.TEXT -> new Value.Text(text());
            case OrderedKeyWriter.ARRAY -> {
                int inner = Nesting.enter(depth);
                List<Value> elements = new ArrayList<>();
                for (int next = in.u8(); next != OrderedKeyWriter.END; next = in.u8()) {
                    elements.add(body(next, inner));
                }
                yield new Value.Array(elements);
            }
            case OrderedKeyWriter.STRUCT -> struct(Nesting.enter(depth));
            case OrderedKeyWriter.NULL -> Value.NULL;
            default ->
                throw new MalformedException(
                        "The tag 0x" + Integer.toHexString(tag) + " in a key, before byte " + in.position());
        };
    }

    private Value number(boolean negative) {
        Value value = OrderedNumber.read(in, negative);
        if (value instanceof Value.Int number && OrderedNumber.isShared(number.value())) {
            kindBits++;
        }
        return value;
    }

    private Value struct(int depth) {
        Value.Struct.Builder fields = Value.Struct.builder();
        String before = null;
        for (int tag = in.u8(); tag != OrderedKeyWriter.END; tag = in.u8()) {
            if (tag != OrderedKeyWriter.TEXT) {
                throw new MalformedException("A name that is no text in a key, before byte " + in.position());
            }
            String name = text();
            if (before != null && ValueOrder.compareKeys(before, name) >= 0) {
                throw new MalformedException("Names out of order in a key, before byte " + in.position());
            }
            before = name;
            fields.put(name, body(in.u8(), depth));
        }
        return fields.build();
    }

    private String text() {
        int start = in.position();
        byte[] buffer = in.buffer();
        int end = start + in.remaining();
        int at = start;
        while (at < end && buffer[at] != OrderedKeyWriter.END && buffer[at] != OrderedKeyWriter.ESCAPE) {
            at++;
        }
        if (at < end && buffer[at] == OrderedKeyWriter.END) {
            String text = in.rawText(at - start);
            in.skip(1);
            return text;
        }
        ByteWriter bytes = unescaped();
        return Utf8.decode(bytes.buffer(), 0, bytes.size());
    }

    private ByteWriter unescaped() {
        ByteWriter bytes = new ByteWriter();
        for (int next = in.u8(); next != OrderedKeyWriter.END; next = in.u8()) {
            if (next == OrderedKeyWriter.ESCAPE) {
                next = in.u8() - 1;
                if (next < 0 || next > OrderedKeyWriter.ESCAPE) {
                    throw new MalformedException("A wrong escape in a key, before byte " + in.position());
                }
            }
            bytes.u8(next);
        }
        return bytes;
    }

    /** Turns those shared numbers into floats that the suffix names, in the order in which they were written. */
    private static final class Kinds {
        private final byte[] bits;
        private int position;

        Kinds(byte[] bits) {
            this.bits = bits;
        }

        Value restore(Value value) {
            return switch (value) {
                case Value.Int number when OrderedNumber.isShared(number.value()) -> number(number);
                case Value.Array array -> {
                    List<Value> elements = new ArrayList<>(array.elements().size());
                    for (Value element : array.elements()) {
                        elements.add(restore(element));
                    }
                    yield new Value.Array(elements);
                }
                case Value.Struct struct -> {
                    Value.Struct.Builder fields = Value.Struct.builder(struct.size());
                    for (int i = 0; i < struct.size(); i++) {
                        fields.put(struct.name(i), restore(struct.value(i)));
                    }
                    yield fields.build();
                }
                default -> value;
            };
        }

        private Value number(Value.Int number) {
            if (number.value() != 0) {
                return next() == 0 ? number : Value.of((double) number.value());
            }
            return switch ((next() << 1) | next()) {
                case OrderedKeyWriter.ZERO_INTEGER -> number;
                case OrderedKeyWriter.ZERO_FLOAT -> Value.of(0.0);
                case OrderedKeyWriter.ZERO_NEGATIVE_FLOAT -> Value.of(-0.0);
                default -> throw new MalformedException("A wrong kind of zero in a key");
            };
        }

        private int next() {
            int bit = (bits[position >>> 3] >> (7 - (position & 7))) & 1;
            position++;
            return bit;
        }

        void expectEnd() {
            while ((position & 7) != 0) {
                if (next() != 0) {
                    throw new MalformedException("Bits too many at the end of a key");
                }
            }
        }
    }
}
