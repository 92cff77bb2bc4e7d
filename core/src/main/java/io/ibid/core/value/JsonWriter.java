package io.ibid.core.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * JSON text in UTF-8. Bytes rather than characters, because that is what leaves the process, and because a document's texts are
 * bytes already: one that needs no escapes is checked eight bytes at a time and copied.
 */
final class JsonWriter {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Up to so many characters go one by one; above, the JDK's encoder is faster. */
    private static final int SHORT_MAX = 31;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private JsonWriter() {}

    static void append(ByteWriter out, Value value, int depth) {
        switch (value) {
            case Value.Text text -> text(out, text.value());
            case Value.Int number -> out.decimal(number.value());
            case Value.Float number -> number(out, number.value());
            case Value.Bool bool -> bool(out, bool.value());
            case Value.Null ignored -> nothing(out);
            case Value.Binary binary -> binary(out, binary.bytes());
            case Value.Array array -> {
                int inner = Nesting.enter(depth);
                List<Value> elements = array.elements();
                out.u8('[');
                for (int i = 0; i < elements.size(); i++) {
                    if (i > 0) {
                        out.u8(',');
                    }
                    append(out, elements.get(i), inner);
                }
                out.u8(']');
            }
            case Value.Struct struct -> {
                int inner = Nesting.enter(depth);
                out.u8('{');
                for (int i = 0; i < struct.size(); i++) {
                    if (i > 0) {
                        out.u8(',');
                    }
                    text(out, struct.name(i));
                    out.u8(':');
                    append(out, struct.value(i), inner);
                }
                out.u8('}');
            }
            case Value.Missing ignored -> throw new AssertionError("MISSING has no JSON text");
        }
    }

    static void nothing(ByteWriter out) {
        out.bytes(NULL);
    }

    static void bool(ByteWriter out, boolean value) {
        out.bytes(value ? TRUE : FALSE);
    }

    static void number(ByteWriter out, double number) {
        if (Double.isFinite(number)) {
            out.rawText(FloatText.of(number));
        } else {
            nothing(out);
        }
    }

    static void binary(ByteWriter out, byte[] bytes) {
        out.u8('"').bytes(Base64.getEncoder().encode(bytes)).u8('"');
    }

    static void text(ByteWriter out, String text) {
        int length = text.length();
        int start = out.size();
        if (length <= SHORT_MAX) {
            out.advance(length + 2);
            byte[] buffer = out.buffer();
            int at = start;
            buffer[at++] = '"';
            int i = 0;
            for (; i < length; i++) {
                char c = text.charAt(i);
                if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
                    break;
                }
                buffer[at++] = (byte) c;
            }
            if (i == length) {
                buffer[at] = '"';
                return;
            }
            out.truncate(start);
        }
        byte[] bytes = Utf8.encode(text);
        text(out, bytes, 0, bytes.length);
    }

    /** A text in UTF-8, which is checked. */
    static void text(ByteWriter out, byte[] bytes, int offset, int length) {
        if (isPlain(bytes, offset, length)) {
            out.u8('"').bytes(bytes, offset, length).u8('"');
            return;
        }
        int invalid = Utf8.firstInvalid(bytes, offset, offset + length);
        if (invalid >= 0) {
            throw new MalformedException("Invalid UTF-8 at byte " + (invalid - offset) + " of a text");
        }
        escaped(out, bytes, offset, length);
    }

    /** Whether all bytes are ASCII that stands for itself in a JSON string. */
    private static boolean isPlain(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        for (; at <= end - 8; at += 8) {
            long eight = (long) LONGS.get(bytes, at);
            long quote = eight ^ '"' * LOW_BITS;
            long backslash = eight ^ '\\' * LOW_BITS;
            // The high bit of a byte's difference is set when the byte was less; bytes that have it themselves count
            // anyway.
            long special = (eight - ' ' * LOW_BITS) | (quote - LOW_BITS) | (backslash - LOW_BITS) | eight;
            if ((special & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            byte b = bytes[at];
            if (b < ' ' || b == '"' || b == '\\') {
                return false;
            }
        }
        return true;
    }

    private static void escaped(ByteWriter out, byte[] bytes, int offset, int length) {
        int end = offset + length;
        int done = offset;
        out.u8('"');
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                out.bytes(bytes, done, i - done);
                escape(out, b);
                done = i + 1;
            }
        }
        out.bytes(bytes, done, end - done).u8('"');
    }

    private static void escape(ByteWriter out, byte b) {
        out.u8('\\');
        switch (b) {
            case '"', '\\' -> out.u8(b);
            case '\b' -> out.u8('b');
            case '\f' -> out.u8('f');
            case '\n' -> out.u8('n');
            case '\r' -> out.u8('r');
            case '\t' -> out.u8('t');
            default -> out.u8('u').u8('0').u8('0').u8(HEX[b >> 4]).u8(HEX[b & 0xf]);
        }
    }
}
