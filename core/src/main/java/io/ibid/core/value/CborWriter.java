package io.ibid.core.value;

import java.util.Arrays;

/** Writes the deterministic form. */
final class CborWriter {

    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    static final int FALSE = 0xf4;
    static final int TRUE = 0xf5;
    static final int NULL = 0xf6;
    static final int UNDEFINED = 0xf7;
    static final int FLOAT16 = 0xf9;
    static final int FLOAT32 = 0xfa;
    static final int FLOAT64 = 0xfb;
    static final int BREAK = 0xff;

    private CborWriter() {}

    static void write(ByteWriter out, Value value, int depth) {
        switch (value) {
            case Value.Text text -> text(out, text.value());
            case Value.Int number -> {
                long n = number.value();
                head(out, n < 0 ? NEGATIVE : UNSIGNED, n ^ (n >> 63));
            }
            case Value.Float number -> number(out, number.value());
            case Value.Bool bool -> out.u8(bool.value() ? TRUE : FALSE);
            case Value.Null ignored -> out.u8(NULL);
            case Value.Binary binary -> {
                head(out, BYTES, binary.bytes().length);
                out.bytes(binary.bytes());
            }
            case Value.Array array -> {
                int inner = Nesting.enter(depth);
                head(out, ARRAY, array.elements().size());
                for (Value element : array.elements()) {
                    write(out, element, inner);
                }
            }
            case Value.Struct struct -> struct(out, struct, Nesting.enter(depth));
            case Value.Missing ignored -> throw new AssertionError("MISSING has no encoding");
        }
    }

    private static void struct(ByteWriter out, Value.Struct struct, int depth) {
        int size = struct.size();
        head(out, MAP, size);
        long[] order = byEncodedKey(struct);
        for (int i = 0; i < size; i++) {
            int index = (int) order[i];
            text(out, struct.name(index));
            write(out, struct.value(index), depth);
        }
    }

    /**
     * The fields' positions (low half) in the order of their encoded keys. An encoded key starts with its length, so shorter keys
     * come first; among keys of one length the order by code point, which the struct has already, is the order of the bytes.
     */
    private static long[] byEncodedKey(Value.Struct struct) {
        long[] order = new long[struct.size()];
        boolean sorted = true;
        for (int i = 0; i < order.length; i++) {
            order[i] = ((long) Utf8.length(struct.name(i)) << 32) | i;
            sorted &= i == 0 || order[i - 1] < order[i];
        }
        if (!sorted) {
            Arrays.sort(order);
        }
        return order;
    }

    private static void text(ByteWriter out, String text) {
        // Right for ASCII, which nearly all text is.
        int start = out.size();
        head(out, TEXT, text.length());
        int body = out.size();
        out.rawText(text);
        int length = out.size() - body;
        if (length != text.length()) {
            out.truncate(start);
            head(out, TEXT, length);
            out.rawText(text);
        }
    }

    private static void number(ByteWriter out, double value) {
        float single = (float) value;
        if (single == value || Double.isNaN(value)) {
            short half = Float.floatToFloat16(single);
            if (Double.isNaN(value)) {
                out.u8(FLOAT16).u8(0x7e).u8(0);
            } else if (Float.float16ToFloat(half) == single) {
                out.u8(FLOAT16).u8(half >> 8).u8(half);
            } else {
                out.u8(FLOAT32).fixed32(Float.floatToRawIntBits(single));
            }
        } else {
            out.u8(FLOAT64).fixed64(Double.doubleToRawLongBits(value));
        }
    }

    private static void head(ByteWriter out, int major, long argument) {
        int type = major << 5;
        if (argument >= 0 && argument < 24) {
            out.u8(type | (int) argument);
        } else if (argument >>> 8 == 0) {
            out.u8(type | 24).u8((int) argument);
        } else if (argument >>> 16 == 0) {
            out.u8(type | 25).u8((int) argument >> 8).u8((int) argument);
        } else if (argument >>> 32 == 0) {
            out.u8(type | 26).fixed32((int) argument);
        } else {
            out.u8(type | 27).fixed64(argument);
        }
    }
}
