package io.ibid.core.query.syntax;

import static io.ibid.core.error.ErrorCode.QUERY_INVALID;

/**
 * Cuts a statement into tokens. It keeps only where they are: the parser asks for the text of a name or literal when it needs it.
 *
 * <p>Blanks and comments separate tokens and are dropped. A comment that begins with {@code /*+} or {@code --+} is a directive at
 * the start of the text or right after SELECT, and a plain comment anywhere else.
 */
final class Lexer {
    /** The longest name, in bytes of UTF-8. */
    static final int NAME_BYTES_MAX = 1024;

    /** {@code EXPLAIN ADVISE AND PROVISION}. */
    private static final int EXPLAINING_TOKENS_MAX = 4;

    private final String text;
    private final Tokens tokens;
    private int at;

    private Lexer(String text) {
        this.text = text;
        this.tokens = new Tokens(text.length());
    }

    static Tokens scan(String text) {
        Lexer lexer = new Lexer(text);
        lexer.scanAll();
        return lexer.tokens;
    }

    private void scanAll() {
        int length = text.length();
        int lastEnd = 0;
        while (true) {
            skipBlanks();
            if (at >= length) {
                break;
            }
            int start = at;
            TokenKind kind = next(text.charAt(at));
            tokens.add(kind, start, at);
            lastEnd = at;
        }
        tokens.add(TokenKind.END_OF_TEXT, lastEnd, lastEnd);
    }

    private void skipBlanks() {
        int length = text.length();
        while (at < length) {
            char c = text.charAt(at);
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                at++;
            } else if (c == '-' && charAt(at + 1) == '-') {
                if (charAt(at + 2) == '+' && directiveCounts()) {
                    return;
                }
                at = lineEnd(at);
            } else if (c == '/' && charAt(at + 1) == '*') {
                if (charAt(at + 2) == '+' && directiveCounts()) {
                    return;
                }
                at = commentEnd(at);
            } else {
                return;
            }
        }
    }

    private boolean directiveCounts() {
        return tokens.size() == 0
                || tokens.kind(tokens.size() - 1) == TokenKind.SELECT
                || (tokens.size() <= EXPLAINING_TOKENS_MAX && areExplaining());
    }

    /** Whether a statement that another one shows or helps begins here. */
    private boolean areExplaining() {
        for (int i = 0; i < tokens.size(); i++) {
            switch (tokens.kind(i)) {
                case EXPLAIN, PROFILE, ADVISE, AND, PROVISION -> {}
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private int commentEnd(int from) {
        int end = text.indexOf("*/", from + 2);
        if (end < 0) {
            throw error("unterminated comment", from);
        }
        return end + 2;
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private TokenKind next(char c) {
        if (isLetter(c)) {
            return word();
        }
        if (c >= '0' && c <= '9') {
            return number();
        }
        switch (c) {
            case '\'', '"' -> {
                string(c);
                return TokenKind.STRING_LITERAL;
            }
            case '`' -> {
                quotedName();
                return TokenKind.QUOTED_NAME;
            }
            default -> {
                return symbol(c);
            }
        }
    }

    private TokenKind word() {
        int start = at;
        int hash = 0;
        int end = start;
        int length = text.length();
        while (end < length) {
            char c = text.charAt(end);
            if (!isLetter(c) && !(c >= '0' && c <= '9')) {
                break;
            }
            hash = Keywords.step(hash, c);
            end++;
        }
        at = end;
        if (end - start > NAME_BYTES_MAX) {
            throw error("the name is longer than " + NAME_BYTES_MAX + " bytes", start);
        }
        return Keywords.find(text, start, end, hash);
    }

    private TokenKind number() {
        int start = at;
        char second = charAt(at + 1);
        if (text.charAt(at) == '0' && (second == 'x' || second == 'X')) {
            at += 2;
            int digits = at;
            while (Character.digit(charAt(at), 16) >= 0 && charAt(at) < 128) {
                at++;
            }
            if (at == digits || isLetter(charAt(at))) {
                throw error("malformed number", start);
            }
            return TokenKind.HEX_LITERAL;
        }
        TokenKind kind = TokenKind.INTEGER_LITERAL;
        skipDigits();
        if (charAt(at) == '.' && isDigit(charAt(at + 1))) {
            kind = TokenKind.FLOAT_LITERAL;
            at++;
            skipDigits();
        }
        if (charAt(at) == 'e' || charAt(at) == 'E') {
            kind = TokenKind.FLOAT_LITERAL;
            at++;
            if (charAt(at) == '+' || charAt(at) == '-') {
                at++;
            }
            if (!isDigit(charAt(at))) {
                throw error("malformed number", start);
            }
            skipDigits();
        }
        if (isLetter(charAt(at))) {
            throw error("malformed number", start);
        }
        return kind;
    }

    private void skipDigits() {
        while (isDigit(charAt(at))) {
            at++;
        }
    }

    private void string(char quote) {
        int start = at++;
        int length = text.length();
        while (at < length) {
            char c = text.charAt(at++);
            if (c == quote) {
                return;
            }
            if (c == '\\') {
                at++;
            }
        }
        throw error("unterminated string", start);
    }

    private void quotedName() {
        int start = at++;
        while (true) {
            int end = text.indexOf('`', at);
            if (end < 0) {
                throw error("unterminated identifier", start);
            }
            at = end + 1;
            if (charAt(at) != '`') {
                return;
            }
            at++;
        }
    }

    private TokenKind symbol(char c) {
        char second = charAt(at + 1);
        switch (c) {
            case '-' -> {
                if (second == '-') {
                    at = lineEnd(at);
                    return TokenKind.DIRECTIVE;
                }
                return second == '>' ? two(TokenKind.ARROW) : one(TokenKind.MINUS);
            }
            case '/' -> {
                if (second == '*') {
                    at = commentEnd(at);
                    return TokenKind.DIRECTIVE;
                }
                return one(TokenKind.SLASH);
            }
            case '|' -> {
                if (second == '|') {
                    return two(TokenKind.CONCATENATE);
                }
            }
            case '!' -> {
                if (second == '=') {
                    return two(TokenKind.NOT_EQUAL);
                }
            }
            case '=' -> {
                return second == '=' ? two(TokenKind.EQUAL) : one(TokenKind.EQUAL);
            }
            case '<' -> {
                return switch (second) {
                    case '=' -> two(TokenKind.LESS_EQUAL);
                    case '>' -> two(TokenKind.NOT_EQUAL);
                    case '<' -> two(TokenKind.SHIFT_LEFT);
                    default -> one(TokenKind.LESS);
                };
            }
            case '>' -> {
                return switch (second) {
                    case '=' -> two(TokenKind.GREATER_EQUAL);
                    case '>' -> two(TokenKind.SHIFT_RIGHT);
                    default -> one(TokenKind.GREATER);
                };
            }
            case '*' -> {
                return one(TokenKind.STAR);
            }
            case '%' -> {
                return one(TokenKind.PERCENT);
            }
            case '+' -> {
                return one(TokenKind.PLUS);
            }
            case '(' -> {
                return one(TokenKind.OPEN);
            }
            case ')' -> {
                return one(TokenKind.CLOSE);
            }
            case '[' -> {
                return one(TokenKind.OPEN_BRACKET);
            }
            case ']' -> {
                return one(TokenKind.CLOSE_BRACKET);
            }
            case '{' -> {
                return one(TokenKind.OPEN_BRACE);
            }
            case '}' -> {
                return one(TokenKind.CLOSE_BRACE);
            }
            case ',' -> {
                return one(TokenKind.COMMA);
            }
            case '.' -> {
                return one(TokenKind.DOT);
            }
            case ':' -> {
                return one(TokenKind.COLON);
            }
            case ';' -> {
                return one(TokenKind.SEMICOLON);
            }
            case '?' -> throw error("positional parameters are not part of DQL, write :name", at);
            default -> {}
        }
        int codePoint = text.codePointAt(at);
        boolean visible = Character.isDefined(codePoint)
                && !Character.isISOControl(codePoint)
                && !Character.isSpaceChar(codePoint)
                && Character.getType(codePoint) != Character.FORMAT
                && Character.getType(codePoint) != Character.SURROGATE;
        String shown = visible ? Character.toString(codePoint) : "U+%04X".formatted(codePoint);
        throw error("unexpected character " + shown + Hints.character(text.charAt(at)), at);
    }

    private TokenKind one(TokenKind kind) {
        at++;
        return kind;
    }

    private TokenKind two(TokenKind kind) {
        at += 2;
        return kind;
    }

    private QueryException error(String message, int place) {
        return QueryException.at(QUERY_INVALID, message, text, place);
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
