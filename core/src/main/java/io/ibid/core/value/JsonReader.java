package io.ibid.core.value;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A recursive descent over UTF-8 bytes; a String is turned into them first, which costs less than a second parser. */
final class JsonReader {

    private final byte[] text;
    private final int start;
    private final int end;
    private int at;

    JsonReader(byte[] text, int start, int end) {
        this.text = text;
        this.start = start;
        this.end = end;
        this.at = start;
    }

    static JsonReader of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        JsonReader reader = new JsonReader(bytes, 0, bytes.length);
        // The JDK turns a lone surrogate into a question mark, silently.
        int lone = Utf8.contains(bytes, '?') ? Utf8.loneSurrogate(text) : -1;
        if (lone >= 0) {
            int position = Utf8.length(text.substring(0, lone));
            throw reader.error("a lone surrogate", position);
        }
        return reader;
    }

    Value whole() {
        int first = next();
        if (first < 0) {
            throw error("no value", at);
        }
        Value value = value(first, 0);
        if (next() >= 0) {
            throw error("text behind the value", at);
        }
        return value;
    }

    /** The next byte that is no white space, which stays unread; -1 at the end. */
    private int next() {
        while (at < end) {
            byte b = text[at];
            if (b > ' ' || b < 0) {
                return b & 0xff;
            }
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                throw error("a control character", at);
            }
            at++;
        }
        return -1;
    }

    private Value value(int first, int depth) {
        return switch (first) {
            case '"' -> new Value.Text(string(false));
            case '{' -> struct(depth);
            case '[' -> array(depth);
            case 't' -> word("true", Value.TRUE);
            case 'f' -> word("false", Value.FALSE);
            case 'n' -> word("null", Value.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                JsonNumber number = new JsonNumber(text, at, end);
                Value value = number.value();
                if (value == null) {
                    throw error(number.problem(), number.position());
                }
                at = number.position();
                yield value;
            }
            default -> throw error("no value", at);
        };
    }

    private Value word(String word, Value value) {
        for (int i = 1; i < word.length(); i++) {
            if (at + i >= end || text[at + i] != word.charAt(i)) {
                throw error("no value", at);
            }
        }
        at += word.length();
        return value;
    }

    private int enter(int depth) {
        if (depth >= Nesting.MAX) {
            throw error("nesting deeper than " + Nesting.MAX + " levels", at);
        }
        return depth + 1;
    }

    private Value array(int depth) {
        int inner = enter(depth);
        at++;
        if (next() == ']') {
            at++;
            return Value.Array.EMPTY;
        }
        List<Value> elements = new ArrayList<>();
        while (true) {
            elements.add(value(next(), inner));
            int separator = next();
            if (separator != ',' && separator != ']') {
                throw error("neither ',' nor ']' behind an element", at);
            }
            at++;
            if (separator == ']') {
                return new Value.Array(elements);
            }
        }
    }

    private Value struct(int depth) {
        int inner = enter(depth);
        at++;
        if (next() == '}') {
            at++;
            return Value.Struct.EMPTY;
        }
        Value.Struct.Builder fields = Value.Struct.builder();
        while (true) {
            if (next() != '"') {
                throw error("no name in quotes", at);
            }
            String name = string(true);
            if (next() != ':') {
                throw error("no ':' behind a name", at);
            }
            at++;
            fields.put(name, value(next(), inner));
            int separator = next();
            if (separator != ',' && separator != '}') {
                throw error("neither ',' nor '}' behind a field", at);
            }
            at++;
            if (separator == '}') {
                return fields.build();
            }
        }
    }

    private String string(boolean name) {
        int first = at + 1;
        boolean ascii = true;
        for (int i = first; i < end; ) {
            byte b = text[i];
            if (b == '"') {
                at = i + 1;
                if (name) {
                    return Names.of(text, first, i - first);
                }
                return new String(text, first, i - first, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            }
            if (b == '\\') {
                return escaped(first, i);
            }
            if (b < ' ') {
                i += sequence(i);
                ascii = false;
            } else {
                i++;
            }
        }
        throw error("a string without an end", end);
    }

    /** The length of what stands at a byte that is not printable ASCII. */
    private int sequence(int position) {
        if (text[position] >= 0) {
            throw error("a control character in a string", position);
        }
        int length = Utf8.sequenceLength(text, position, end);
        if (length == 0) {
            throw error("invalid UTF-8", position);
        }
        return length;
    }

    private String escaped(int first, int firstEscape) {
        ByteWriter out = new ByteWriter(firstEscape - first + 32);
        out.bytes(text, first, firstEscape - first);
        int i = firstEscape;
        while (i < end) {
            byte b = text[i];
            if (b == '"') {
                at = i + 1;
                return new String(out.buffer(), 0, out.size(), StandardCharsets.UTF_8);
            }
            if (b == '\\') {
                i = escape(i, out);
            } else {
                int length = b < ' ' ? sequence(i) : 1;
                out.bytes(text, i, length);
                i += length;
            }
        }
        throw error("a string without an end", end);
    }

    /** Appends what an escape stands for, and returns the position behind it. */
    private int escape(int backslash, ByteWriter out) {
        int code = backslash + 1 < end ? text[backslash + 1] : -1;
        int plain = switch (code) {
            case '"', '\\', '/' -> code;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> -1;
            default -> throw error("an unknown escape", backslash);
        };
        if (plain >= 0) {
            out.u8(plain);
            return backslash + 2;
        }
        int unit = unit(backslash);
        if (!Character.isSurrogate((char) unit)) {
            out.codePoint(unit);
            return backslash + 6;
        }
        int low = backslash + 7 < end && text[backslash + 6] == '\\' && text[backslash + 7] == 'u'
                ? unit(backslash + 6)
                : 0;
        if (Character.isHighSurrogate((char) unit) && Character.isLowSurrogate((char) low)) {
            out.codePoint(Character.toCodePoint((char) unit, (char) low));
            return backslash + 12;
        }
        throw error("a lone surrogate", backslash);
    }

    /** The number in {@code \}{@code uXXXX}. */
    private int unit(int backslash) {
        int unit = 0;
        for (int i = backslash + 2; i < backslash + 6; i++) {
            int digit = i < end ? Character.digit(text[i], 16) : -1;
            if (digit < 0) {
                throw error("an escape without four hexadecimal digits", backslash);
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }

    private MalformedException error(String problem, int position) {
        int line = 1;
        int column = 1;
        for (int i = start; i < position; i++) {
            if (text[i] == '\n') {
                line++;
                column = 1;
            } else if ((text[i] & 0xc0) != 0x80) {
                column++;
            }
        }
        return new MalformedException("Not JSON: " + problem + " at line " + line + ", column " + column);
    }
}
