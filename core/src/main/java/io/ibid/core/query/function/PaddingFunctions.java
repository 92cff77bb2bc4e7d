package io.ibid.core.query.function;

import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions that take characters from the ends of a text or put some there. */
final class PaddingFunctions {

    private PaddingFunctions() {}

    static List<Function> all() {
        return List.of(
                Function.strict("trim", 1, 2, (a, in) -> trim("trim", a, in, true, true)),
                Function.strict("ltrim", 1, 2, (a, in) -> trim("ltrim", a, in, true, false)),
                Function.strict("rtrim", 1, 2, (a, in) -> trim("rtrim", a, in, false, true)),
                Function.strict("lpad", 2, 3, (a, in) -> pad("lpad", a, in, true)),
                Function.strict("rpad", 2, 3, (a, in) -> pad("rpad", a, in, false)),
                Function.strict("repeat", 2, 2, PaddingFunctions::repeat));
    }

    /** The second argument is the set of characters to take; without it white space. */
    private static Value trim(String name, Value[] arguments, Invocation in, boolean left, boolean right) {
        if (!(arguments[0] instanceof Value.Text(String text))
                || (arguments.length == 2 && !(arguments[1] instanceof Value.Text))) {
            return in.wrongType(name);
        }
        String characters = arguments.length == 2 ? ((Value.Text) arguments[1]).value() : null;
        int from = 0;
        int to = text.length();
        while (left && from < to && isTrimmed(text.codePointAt(from), characters)) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (right && from < to && isTrimmed(text.codePointBefore(to), characters)) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return Value.of(text.substring(from, to));
    }

    private static boolean isTrimmed(int codePoint, @Nullable String characters) {
        return characters == null ? Character.isWhitespace(codePoint) : characters.indexOf(codePoint) >= 0;
    }

    private static Value pad(String name, Value[] arguments, Invocation in, boolean left) {
        if (!(arguments[0] instanceof Value.Text(String text))
                || !(Arithmetic.wholeAsInteger(arguments[1]) instanceof Value.Int(long wanted))
                || (arguments.length == 3 && !(arguments[2] instanceof Value.Text))) {
            return in.wrongType(name);
        }
        String filling = arguments.length == 3 ? ((Value.Text) arguments[2]).value() : " ";
        int size = text.codePointCount(0, text.length());
        if (wanted <= size) {
            return Value.of(text.substring(0, text.offsetByCodePoints(0, (int) Math.max(wanted, 0))));
        }
        if (filling.isEmpty()) {
            return arguments[0];
        }
        if (wanted > TextFunctions.RESULT_BYTES_MAX) {
            throw TextFunctions.tooLong(name);
        }
        int[] points = filling.codePoints().toArray();
        StringBuilder padding = new StringBuilder();
        for (int i = 0; i < wanted - size; i++) {
            padding.appendCodePoint(points[i % points.length]);
        }
        String result = left ? padding + text : text + padding;
        TextFunctions.requireShort(name, result);
        return Value.of(result);
    }

    private static Value repeat(Value[] arguments, Invocation in) {
        if (!(arguments[0] instanceof Value.Text(String text))
                || !(Arithmetic.wholeAsInteger(arguments[1]) instanceof Value.Int(long times))) {
            return in.wrongType("repeat");
        }
        if (text.isEmpty() || times <= 0) {
            return Value.of("");
        }
        if (times > TextFunctions.RESULT_BYTES_MAX / TextFunctions.utf8Length(text)) {
            throw TextFunctions.tooLong("repeat");
        }
        return Value.of(text.repeat((int) times));
    }
}
