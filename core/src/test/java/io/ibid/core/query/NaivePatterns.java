package io.ibid.core.query;

import static io.ibid.core.query.NaiveOperators.absent;

import io.ibid.core.query.syntax.Expression.MatchKind;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** LIKE and its relatives by way of {@link Pattern}, for {@link NaiveEvaluator}. */
final class NaivePatterns {

    private NaivePatterns() {}

    static Value match(MatchKind kind, Value x, Value pattern, Value escape) {
        Value absent = absent(x, pattern, escape);
        if (absent != null) {
            return absent;
        }
        if (!(x instanceof Value.Text text)
                || !(pattern instanceof Value.Text p)
                || !(escape instanceof Value.Text e)) {
            return Value.MISSING;
        }
        int flags = kind == MatchKind.ILIKE ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
        String regex = regex(p.value(), e.value().codePointAt(0), kind == MatchKind.SIMILAR_TO);
        try {
            return Value.of(Pattern.compile(regex, flags | Pattern.DOTALL)
                    .matcher(text.value())
                    .matches());
        } catch (PatternSyntaxException invalid) {
            return Value.MISSING;
        }
    }

    private static String regex(String pattern, int escape, boolean similar) {
        StringBuilder regex = new StringBuilder();
        int[] points = pattern.codePoints().toArray();
        boolean inClass = false;
        for (int i = 0; i < points.length; i++) {
            String c = Character.toString(points[i]);
            if (points[i] == escape && i + 1 < points.length) {
                regex.append(Pattern.quote(Character.toString(points[++i])));
            } else if (inClass) {
                inClass = !c.equals("]");
                regex.append(c);
            } else if (similar && "|()*+?{}[".contains(c)) {
                inClass = c.equals("[");
                regex.append(c);
            } else {
                boolean plain = Character.isLetterOrDigit(points[i]);
                regex.append(c.equals("%") ? ".*" : c.equals("_") ? "." : plain ? c : Pattern.quote(c));
            }
        }
        return regex.toString();
    }

    /** {@code regexp_like(text, expression[, flags])}. */
    static Value search(List<Value> arguments) {
        Value third = arguments.size() == 3 ? arguments.get(2) : Value.of("");
        if (!(arguments.get(0) instanceof Value.Text text)
                || !(arguments.get(1) instanceof Value.Text expression)
                || !(third instanceof Value.Text flags)
                || !flags.value().matches("[icmxs]*")) {
            return Value.MISSING;
        }
        String letters = flags.value();
        int bits = Pattern.UNIX_LINES
                | (letters.lastIndexOf('i') > letters.lastIndexOf('c')
                        ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE
                        : 0)
                | (letters.contains("m") ? Pattern.MULTILINE : 0)
                | (letters.contains("s") ? Pattern.DOTALL : 0)
                | (letters.contains("x") ? Pattern.COMMENTS : 0);
        try {
            return Value.of(Pattern.compile(expression.value(), bits)
                    .matcher(text.value())
                    .find());
        } catch (PatternSyntaxException invalid) {
            return Value.MISSING;
        }
    }
}
