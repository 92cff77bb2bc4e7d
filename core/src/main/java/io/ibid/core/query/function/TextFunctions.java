package io.ibid.core.query.function;

import com.google.re2j.Pattern;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The functions over text. Positions and lengths count code points from 0. */
final class TextFunctions {

    /** The longest text a function may make, in bytes of UTF-8. */
    static final int RESULT_BYTES_MAX = 1 << 20;

    /** The operator {@code ||}. */
    static final Function CONCATENATION = Function.strict("||", 2, 2, (a, in) -> concat("||", a, in));

    private TextFunctions() {}

    static List<Function> all() {
        return List.of(
                Function.strict("concat", 1, Function.ANY_NUMBER, (a, in) -> concat("concat", a, in)),
                Function.strict(
                        "contains", 2, 2, (a, in) -> pair("contains", a, in, (s, t) -> Value.of(s.contains(t)))),
                Function.strict(
                        "starts_with",
                        2,
                        2,
                        (a, in) -> pair("starts_with", a, in, (s, t) -> Value.of(s.startsWith(t)))),
                Function.strict(
                        "ends_with", 2, 2, (a, in) -> pair("ends_with", a, in, (s, t) -> Value.of(s.endsWith(t)))),
                Function.strict("pos", 2, 2, (a, in) -> pair("pos", a, in, TextFunctions::position)),
                Function.strict("split", 2, 2, (a, in) -> pair("split", a, in, TextFunctions::split)),
                Function.strict("char_length", 1, 1, (a, in) -> charLength("char_length", a, in)),
                Function.strict("character_length", 1, 1, (a, in) -> charLength("character_length", a, in)),
                Function.strict(
                        "byte_length", 1, 1, (a, in) -> single("byte_length", a, in, s -> Value.of(utf8Length(s)))),
                Function.strict(
                        "lower", 1, 1, (a, in) -> single("lower", a, in, s -> Value.of(s.toLowerCase(Locale.ROOT)))),
                Function.strict(
                        "upper", 1, 1, (a, in) -> single("upper", a, in, s -> Value.of(s.toUpperCase(Locale.ROOT)))),
                Function.strict("substr", 2, 3, TextFunctions::substring),
                Function.strict("joinstr", 2, Function.ANY_NUMBER, TextFunctions::join),
                Function.strict("regexp_like", 2, 3, TextFunctions::regexpLike));
    }

    /** What a function of one text does. */
    interface OfText {
        Value apply(String text);
    }

    /** What a function of two texts does. */
    interface OfTexts {
        Value apply(String first, String second);
    }

    static Value single(String name, Value[] arguments, Invocation in, OfText body) {
        return arguments[0] instanceof Value.Text(String text) ? body.apply(text) : in.wrongType(name);
    }

    static Value pair(String name, Value[] arguments, Invocation in, OfTexts body) {
        return arguments[0] instanceof Value.Text(String first) && arguments[1] instanceof Value.Text(String second)
                ? body.apply(first, second)
                : in.wrongType(name);
    }

    private static Value charLength(String name, Value[] arguments, Invocation in) {
        return single(name, arguments, in, text -> Value.of(text.codePointCount(0, text.length())));
    }

    private static Value position(String text, String part) {
        int found = text.indexOf(part);
        return Value.of(found < 0 ? -1 : text.codePointCount(0, found));
    }

    private static Value split(String text, String delimiter) {
        List<Value> parts = new ArrayList<>();
        if (delimiter.isEmpty()) {
            text.codePoints().forEach(c -> parts.add(Value.of(Character.toString(c))));
            return new Value.Array(parts);
        }
        int from = 0;
        for (int to = text.indexOf(delimiter); to >= 0; to = text.indexOf(delimiter, from)) {
            parts.add(Value.of(text.substring(from, to)));
            from = to + delimiter.length();
        }
        parts.add(Value.of(text.substring(from)));
        return new Value.Array(parts);
    }

    private static Value substring(Value[] arguments, Invocation in) {
        if (!(arguments[0] instanceof Value.Text(String text))
                || !(Arithmetic.wholeAsInteger(arguments[1]) instanceof Value.Int(long start))) {
            return in.wrongType("substr");
        }
        long length = Long.MAX_VALUE;
        if (arguments.length == 3) {
            if (!(Arithmetic.wholeAsInteger(arguments[2]) instanceof Value.Int(long count))) {
                return in.wrongType("substr");
            }
            length = count;
        }
        int size = text.codePointCount(0, text.length());
        long from = start < 0 ? size + start : start;
        if (from < 0 || from >= size || length <= 0) {
            return Value.of("");
        }
        long to = length >= size - from ? size : from + length;
        int begin = text.offsetByCodePoints(0, (int) from);
        return Value.of(text.substring(begin, text.offsetByCodePoints(begin, (int) (to - from))));
    }

    /** {@code ||} and concat. */
    static Value concat(String name, Value[] arguments, Invocation in) {
        StringBuilder result = new StringBuilder();
        for (Value argument : arguments) {
            if (!(argument instanceof Value.Text(String text))) {
                return in.wrongType(name);
            }
            result.append(text);
            requireShort(name, result);
        }
        return Value.of(result.toString());
    }

    private static Value join(Value[] arguments, Invocation in) {
        if (!(arguments[0] instanceof Value.Text(String separator))) {
            return in.wrongType("joinstr");
        }
        List<Value> parts = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            if (arguments[i] instanceof Value.Array array) {
                parts.addAll(array.elements());
            } else {
                parts.add(arguments[i]);
            }
        }
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            if (!(parts.get(i) instanceof Value.Text(String text))) {
                return in.wrongType("joinstr");
            }
            result.append(i == 0 ? "" : separator).append(text);
            requireShort("joinstr", result);
        }
        return Value.of(result.toString());
    }

    private static Value regexpLike(Value[] arguments, Invocation in) {
        if (!(arguments[0] instanceof Value.Text(String text))
                || !(arguments[1] instanceof Value.Text(String expression))
                || (arguments.length == 3 && !(arguments[2] instanceof Value.Text))) {
            return in.wrongType("regexp_like");
        }
        String flags = arguments.length == 3 ? ((Value.Text) arguments[2]).value() : "";
        Pattern pattern = RegularExpressions.compile(expression, flags);
        return pattern == null
                ? in.wrongType("regexp_like")
                : Value.of(pattern.matcher(text).find());
    }

    static int utf8Length(String text) {
        int length = text.length();
        int bytes = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A surrogate pair is two chars and four bytes.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }

    static void requireShort(String name, CharSequence result) {
        if (result.length() > RESULT_BYTES_MAX / 3
                && result.toString().getBytes(StandardCharsets.UTF_8).length > RESULT_BYTES_MAX) {
            throw tooLong(name);
        }
    }

    static IbidException tooLong(String name) {
        return new IbidException(
                ErrorCode.QUERY_EVALUATION, "the result of " + name + " is longer than " + RESULT_BYTES_MAX + " bytes");
    }
}
