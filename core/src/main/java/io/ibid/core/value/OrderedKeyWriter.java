package io.ibid.core.value;

import java.util.Arrays;

/** Writes bodies and collects their suffix. */
final class OrderedKeyWriter {

    static final int END = 0x00;
    static final int ESCAPE = 0x01;

    static final int FALSE = 0x10;
    static final int TRUE = 0x11;
    static final int NAN = 0x20;
    static final int NEGATIVE = 0x21;
    static final int ZERO = 0x22;
    static final int POSITIVE = 0x23;
    static final int BINARY = 0x30;
    static final int TEXT = 0x38;
    static final int ARRAY = 0x40;
    static final int STRUCT = 0x48;
    static final int NULL = 0x50;
    static final int MISSING = 0x51;

    /** Kinds of a zero, which has two floats; of any other shared number: 0 integer, 1 float. */
    static final int ZERO_INTEGER = 0b00;

    static final int ZERO_FLOAT = 0b10;
    static final int ZERO_NEGATIVE_FLOAT = 0b11;

    private static final byte[] NO_KINDS = new byte[0];

    private final ByteWriter out;
    private final BitWriter kinds = new BitWriter();

    OrderedKeyWriter(ByteWriter out) {
        this.out = out;
    }

    void top(Value value) {
        if (value instanceof Value.Missing) {
            out.u8(MISSING);
        } else {
            body(value, 0);
        }
    }

    void suffix() {
        kinds.appendTo(out);
    }

    /** What {@link #suffix} appends; empty when all bits are zero. */
    byte[] kinds() {
        return kinds.isZero() ? NO_KINDS : kinds.toByteArray();
    }

    /** The body of a text in UTF-8. */
    void utf8(byte[] bytes, int from, int to) {
        out.u8(TEXT);
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 0 && bytes[i] <= ESCAPE) {
                escaped(Arrays.copyOfRange(bytes, from, to));
                return;
            }
        }
        out.bytes(bytes, from, to - from).u8(END);
    }

    private void body(Value value, int depth) {
        switch (value) {
            case Value.Text text -> text(text.value());
            case Value.Int number -> integer(number.value());
            case Value.Float number -> number(number.value());
            case Value.Bool bool -> out.u8(bool.value() ? TRUE : FALSE);
            case Value.Null ignored -> out.u8(NULL);
            case Value.Binary binary -> {
                out.u8(BINARY);
                escaped(binary.bytes());
            }
            case Value.Array array -> {
                int inner = Nesting.enter(depth);
                out.u8(ARRAY);
                for (Value element : array.elements()) {
                    body(element, inner);
                }
                out.u8(END);
            }
            case Value.Struct struct -> {
                int inner = Nesting.enter(depth);
                out.u8(STRUCT);
                for (int i = 0; i < struct.size(); i++) {
                    text(struct.name(i));
                    body(struct.value(i), inner);
                }
                out.u8(END);
            }
            case Value.Missing ignored -> throw new AssertionError("MISSING inside a value");
        }
    }

    void integer(long number) {
        if (number == 0) {
            out.u8(ZERO);
            kinds.add(ZERO_INTEGER, 2);
            return;
        }
        out.u8(number < 0 ? NEGATIVE : POSITIVE);
        OrderedNumber.append(out, number);
        if (OrderedNumber.isShared(number)) {
            kinds.add(0, 1);
        }
    }

    private void number(double number) {
        if (Double.isNaN(number)) {
            out.u8(NAN);
            return;
        }
        if (number == 0) {
            out.u8(ZERO);
            kinds.add(1 / number < 0 ? ZERO_NEGATIVE_FLOAT : ZERO_FLOAT, 2);
            return;
        }
        out.u8(number < 0 ? NEGATIVE : POSITIVE);
        OrderedNumber.append(out, number);
        if (OrderedNumber.isShared(number)) {
            kinds.add(1, 1);
        }
    }

    private void text(String text) {
        out.u8(TEXT);
        int start = out.size();
        out.rawText(text);
        byte[] buffer = out.buffer();
        for (int i = start; i < out.size(); i++) {
            if (buffer[i] >= 0 && buffer[i] <= ESCAPE) {
                byte[] bytes = Utf8.encode(text);
                out.truncate(start);
                escaped(bytes);
                return;
            }
        }
        out.u8(END);
    }

    private void escaped(byte[] bytes) {
        for (byte b : bytes) {
            if (b >= 0 && b <= ESCAPE) {
                out.u8(ESCAPE).u8(b + 1);
            } else {
                out.u8(b);
            }
        }
        out.u8(END);
    }

    /** Bits, first bit highest, padded with zeros to whole bytes; no bytes for no bits. */
    private static final class BitWriter {
        private long open;
        private int openBits;
        private ByteWriter full = EMPTY;

        private static final ByteWriter EMPTY = new ByteWriter(0);

        void add(int bits, int count) {
            if (openBits + count > Long.SIZE) {
                spill();
            }
            open |= (long) bits << (Long.SIZE - openBits - count);
            openBits += count;
        }

        /** Moves the whole bytes out, and leaves less than one. */
        private void spill() {
            if (full == EMPTY) {
                full = new ByteWriter();
            }
            full.fixed64(open).truncate(full.size() - 8 + openBits / 8);
            open = openBits / 8 == 8 ? 0 : open << (openBits / 8 * 8);
            openBits %= 8;
        }

        boolean isZero() {
            boolean zero = open == 0;
            for (int i = 0; i < full.size(); i++) {
                zero &= full.buffer()[i] == 0;
            }
            return zero;
        }

        byte[] toByteArray() {
            ByteWriter out = new ByteWriter(full.size() + Long.BYTES);
            appendTo(out);
            return out.toByteArray();
        }

        void appendTo(ByteWriter out) {
            out.bytes(full.buffer(), 0, full.size());
            for (int at = 0; at < openBits; at += 8) {
                out.u8((int) (open >>> (56 - at)));
            }
        }
    }
}
