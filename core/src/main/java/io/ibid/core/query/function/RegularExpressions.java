package io.ibid.core.query.function;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions for {@code regexp_like} and SIMILAR TO. RE2 because patterns come from outside: its time is linear in the text
 * whatever the pattern is, where a backtracking engine can be kept busy for ever.
 */
public final class RegularExpressions {

    private RegularExpressions() {}

    /**
     * Compiles an expression that is searched for anywhere in the text.
     *
     * @param flags letters out of {@code icmxs}; of {@code i} and {@code c} the later one counts
     * @return null when the expression or a flag is invalid
     */
    public static @Nullable Pattern compile(String expression, String flags) {
        int bits = 0;
        boolean extended = false;
        for (int i = 0; i < flags.length(); i++) {
            switch (flags.charAt(i)) {
                case 'i' -> bits |= Pattern.CASE_INSENSITIVE;
                case 'c' -> bits &= ~Pattern.CASE_INSENSITIVE;
                case 'm' -> bits |= Pattern.MULTILINE;
                case 's' -> bits |= Pattern.DOTALL;
                case 'x' -> extended = true;
                default -> {
                    return null;
                }
            }
        }
        return compiled(extended ? withoutBlanks(expression) : expression, bits);
    }

    /**
     * Compiles a SIMILAR TO pattern: {@code %} and {@code _} as in LIKE, {@code |}, brackets, groups and quantifiers as in regular
     * expressions, tied to both ends of the text.
     *
     * @return null when the pattern is invalid
     */
    public static @Nullable Pattern compileSimilar(String pattern, int escape) {
        StringBuilder expression = new StringBuilder("\\A(?:");
        boolean inClass = false;
        for (int i = 0; i < pattern.length(); ) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            if (c == escape && i < pattern.length()) {
                int literal = pattern.codePointAt(i);
                i += Character.charCount(literal);
                appendLiteral(expression, literal);
            } else if (inClass) {
                inClass = c != ']';
                expression.append(c == '\\' || c == '[' ? "\\" : "").appendCodePoint(c);
            } else {
                switch (c) {
                    case '%' -> expression.append("(?s:.*)");
                    case '_' -> expression.append("(?s:.)");
                    case '(' -> expression.append("(?:");
                    case '|', ')', '*', '+', '?', '{', '}' -> expression.appendCodePoint(c);
                    case '[' -> {
                        inClass = true;
                        expression.append('[');
                    }
                    default -> appendLiteral(expression, c);
                }
            }
        }
        return compiled(expression.append(")\\z").toString(), 0);
    }

    private static void appendLiteral(StringBuilder expression, int codePoint) {
        boolean word = Character.isLetterOrDigit(codePoint) || codePoint > 127 || codePoint <= ' ';
        expression.append(word ? "" : "\\").appendCodePoint(codePoint);
    }

    private static @Nullable Pattern compiled(String expression, int bits) {
        if (RegularExpressionSize.of(expression) > RegularExpressionSize.MAX) {
            return null;
        }
        try {
            return Pattern.compile(expression, bits);
        } catch (PatternSyntaxException invalid) {
            return null;
        }
    }

    /** RE2 has no flag x, so it is done by hand: blanks and comments outside brackets go, unless escaped. */
    private static String withoutBlanks(String expression) {
        StringBuilder kept = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\' && i + 1 < expression.length()) {
                char next = expression.charAt(++i);
                kept.append(Character.isWhitespace(next) || next == '#' ? "" : "\\")
                        .append(next);
            } else if (inClass) {
                inClass = c != ']';
                kept.append(c);
            } else if (c == '#') {
                while (i + 1 < expression.length() && expression.charAt(i + 1) != '\n') {
                    i++;
                }
            } else if (!Character.isWhitespace(c)) {
                inClass = c == '[';
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
