package io.ibid.core.query.syntax;

import static io.ibid.core.error.ErrorCode.QUERY_INVALID;

import io.ibid.core.value.Value;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** What the tokens of names, strings and numbers say. */
final class Literals {
    /** The digits of the greatest integer. */
    private static final int INTEGER_DIGITS_MAX = 19;

    private static final int HEX_DIGITS_MAX = 16;

    private final String text;

    Literals(String text) {
        this.text = text;
    }

    /** The content of a quoted name. */
    String quotedName(int start, int end) {
        String name = text.substring(start + 1, end - 1).replace("``", "`");
        if (name.length() * 3 > Lexer.NAME_BYTES_MAX
                && name.getBytes(StandardCharsets.UTF_8).length > Lexer.NAME_BYTES_MAX) {
            throw error("the name is longer than " + Lexer.NAME_BYTES_MAX + " bytes", start);
        }
        requirePairs(name, start);
        return name;
    }

    /** The content of a string. An unknown escape stands for its character. */
    @SuppressWarnings("IncrementInForLoopAndHeader") // an escape takes two characters
    String string(int start, int end) {
        int first = text.indexOf('\\', start);
        if (first < 0 || first >= end) {
            String content = text.substring(start + 1, end - 1);
            requirePairs(content, start);
            return content;
        }
        StringBuilder content = new StringBuilder(end - start);
        for (int i = start + 1; i < end - 1; i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                content.append(c);
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 'n' -> content.append('\n');
                case 't' -> content.append('\t');
                case 'r' -> content.append('\r');
                case 'b' -> content.append('\b');
                case 'f' -> content.append('\f');
                case 'u' -> {
                    content.append(unicodeEscape(i, end - 1));
                    i += 4;
                }
                default -> content.append(text.charAt(i));
            }
        }
        requirePairs(content, start);
        return content.toString();
    }

    private char unicodeEscape(int at, int end) {
        int code = 0;
        for (int i = at + 1; i <= at + 4; i++) {
            int digit = i < end && text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw error("\\u needs four hexadecimal digits", at - 1);
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private void requirePairs(CharSequence content, int start) {
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == content.length()
                        || !Character.isLowSurrogate(content.charAt(i + 1))) {
                    throw error("lone surrogate U+%04X in text".formatted((int) c), start);
                }
                i++;
            }
        }
    }

    /**
     * The number of a token. An integer that does not fit 64 bits becomes a float.
     *
     * @param negative whether a minus sign stands before it, so that the least integer is one
     */
    Value number(TokenKind kind, int start, int end, boolean negative) {
        if (kind == TokenKind.INTEGER_LITERAL) {
            if (end - start <= 18) {
                long number = Long.parseLong(text, start, end, 10);
                return Value.of(negative ? -number : number);
            }
            int first = firstDigit(start, end);
            // Long numbers are read as floats at once: to make an exact integer of them takes time squared.
            return end - first <= INTEGER_DIGITS_MAX
                    ? whole(new BigInteger(text.substring(first, end)), start, negative)
                    : floating(start, end, negative);
        }
        if (kind == TokenKind.HEX_LITERAL) {
            int first = firstDigit(start + 2, end);
            if (end - first > HEX_DIGITS_MAX) {
                throw error("a hexadecimal number has at most 64 bits", start);
            }
            return whole(new BigInteger(text.substring(first, end), 16), start, negative);
        }
        return floating(start, end, negative);
    }

    /** Where the digits begin that count; the last one always does. */
    private int firstDigit(int from, int end) {
        int first = from;
        while (first < end - 1 && text.charAt(first) == '0') {
            first++;
        }
        return first;
    }

    private Value floating(int start, int end, boolean negative) {
        double number = Double.parseDouble(text.substring(start, end));
        return finite(negative ? -number : number, start);
    }

    private Value whole(BigInteger magnitude, int start, boolean negative) {
        BigInteger number = negative ? magnitude.negate() : magnitude;
        return number.bitLength() <= 63 ? Value.of(number.longValue()) : finite(number.doubleValue(), start);
    }

    private Value finite(double number, int start) {
        if (Double.isInfinite(number)) {
            throw error("the number is out of range", start);
        }
        return Value.of(number);
    }

    private QueryException error(String message, int at) {
        return QueryException.at(QUERY_INVALID, message, text, at);
    }
}
