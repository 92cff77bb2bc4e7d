package io.ibid.core.query.legacy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.query.legacy.LegacyToken.Kind;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text of the older language into tokens. */
final class LegacyLexer {
    private static final List<String> SIGNS =
            List.of("&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "(", ")", "[", "]", ",", ".", "-");

    /** The digits of the greatest integer. */
    private static final int INTEGER_DIGITS_MAX = 19;

    private final String text;
    private int at;

    private LegacyLexer(String text) {
        this.text = text;
    }

    /** All tokens, the last one of them the end. */
    static List<LegacyToken> scan(String text) {
        LegacyLexer lexer = new LegacyLexer(text);
        List<LegacyToken> tokens = new ArrayList<>();
        do {
            tokens.add(lexer.next());
        } while (tokens.getLast().kind() != Kind.END);
        return tokens;
    }

    private LegacyToken next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (start == text.length()) {
            return token(Kind.END, start, Value.MISSING);
        }
        char c = text.charAt(start);
        if (isNameStart(c)) {
            while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
                at++;
            }
            return token(Kind.NAME, start, Value.MISSING);
        }
        if (isDigit(c)) {
            return number(start);
        }
        if (c == '\'' || c == '"') {
            Value content = Value.of(string(c));
            return token(Kind.STRING, start, content);
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, start)) {
                at += sign.length();
                return token(Kind.SIGN, start, Value.MISSING);
            }
        }
        throw error(
                "`" + Character.toString(text.codePointAt(start)) + "` means nothing here" + LegacyHints.sign(c),
                start);
    }

    private static boolean isNameStart(char c) {
        return c == '_' || c == '$' || Character.isLetter(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private LegacyToken token(Kind kind, int start, Value value) {
        return new LegacyToken(kind, start, at, text.substring(start, at), value);
    }

    private LegacyToken number(int start) {
        digits();
        boolean whole = true;
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            whole = false;
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            whole = false;
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            if (at == text.length() || !isDigit(text.charAt(at))) {
                throw error("the number has no digits after its `e`", start);
            }
            digits();
        }
        return token(Kind.NUMBER, start, number(text.substring(start, at), whole, start));
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    /** A number that does not fit an integer is a float, as in DQL. */
    private Value number(String digits, boolean whole, int start) {
        if (whole && digits.length() <= INTEGER_DIGITS_MAX) {
            BigInteger number = new BigInteger(digits);
            if (number.bitLength() < Long.SIZE) {
                return Value.of(number.longValue());
            }
        }
        double number = Double.parseDouble(digits);
        if (Double.isInfinite(number)) {
            throw error("the number is out of range", start);
        }
        return Value.of(number);
    }

    private String string(char quote) {
        int start = at;
        at++;
        StringBuilder content = new StringBuilder();
        while (true) {
            if (at == text.length()) {
                throw error("the string has no end", start);
            }
            char c = text.charAt(at);
            at++;
            if (c == quote) {
                break;
            }
            content.append(c == '\\' ? escaped(start) : c);
        }
        requirePairs(content, start);
        return content.toString();
    }

    private char escaped(int start) {
        if (at == text.length()) {
            throw error("the string has no end", start);
        }
        char c = text.charAt(at);
        at++;
        return switch (c) {
            case '\\', '/', '\'', '"' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw error("there is no escape `\\" + c + "`; a backslash itself is written `\\\\`", at - 2);
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at + i < text.length() ? Character.digit(text.charAt(at + i), 16) : -1;
            if (digit < 0) {
                throw error("`\\u` takes four hexadecimal digits", at - 2);
            }
            code = code * 16 + digit;
        }
        at += 4;
        return (char) code;
    }

    private void requirePairs(CharSequence content, int start) {
        if (content.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw error("the string contains half of a surrogate pair", start);
        }
    }

    private QueryException error(String message, int place) {
        return QueryException.at(ErrorCode.QUERY_INVALID, message, text, place);
    }
}
