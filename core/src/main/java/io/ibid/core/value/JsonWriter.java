package io.ibid.core.value;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The texts of values, and of what the binary form holds of them. */
final class JsonWriter {

    private static final String HEX = "0123456789abcdef";

    private JsonWriter() {}

    static void append(StringBuilder out, Value value, int depth) {
        switch (value) {
            case Value.Text text -> text(out, text.value());
            case Value.Int number -> out.append(number.value());
            case Value.Float number -> number(out, number.value());
            case Value.Bool bool -> out.append(bool.value());
            case Value.Null ignored -> out.append("null");
            case Value.Binary binary -> binary(out, binary.bytes());
            case Value.Array array -> {
                int inner = Nesting.enter(depth);
                List<Value> elements = array.elements();
                out.append('[');
                for (int i = 0; i < elements.size(); i++) {
                    if (i > 0) {
                        out.append(',');
                    }
                    append(out, elements.get(i), inner);
                }
                out.append(']');
            }
            case Value.Struct struct -> {
                int inner = Nesting.enter(depth);
                out.append('{');
                for (int i = 0; i < struct.size(); i++) {
                    if (i > 0) {
                        out.append(',');
                    }
                    text(out, struct.name(i));
                    out.append(':');
                    append(out, struct.value(i), inner);
                }
                out.append('}');
            }
            case Value.Missing ignored -> throw new AssertionError("MISSING has no JSON text");
        }
    }

    static void number(StringBuilder out, double number) {
        if (Double.isFinite(number)) {
            out.append(number);
        } else {
            out.append("null");
        }
    }

    static void binary(StringBuilder out, byte[] bytes) {
        out.append('"').append(Base64.getEncoder().encodeToString(bytes)).append('"');
    }

    static void text(StringBuilder out, String text) {
        int length = text.length();
        out.append('"');
        int done = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(text, done, i);
                escape(out, c);
                done = i + 1;
            }
        }
        if (done == 0) {
            out.append(text);
        } else {
            out.append(text, done, length);
        }
        out.append('"');
    }

    /** A text in UTF-8, which is checked. */
    static void text(StringBuilder out, byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            if (b < ' ' || b == '"' || b == '\\') {
                text(out, Utf8.decode(bytes, offset, length));
                return;
            }
        }
        out.append('"')
                .append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1))
                .append('"');
    }

    private static void escape(StringBuilder out, char c) {
        out.append('\\');
        switch (c) {
            case '"', '\\' -> out.append(c);
            case '\b' -> out.append('b');
            case '\f' -> out.append('f');
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            default -> out.append("u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
        }
    }
}
