package io.ibid.core.query.function;

import io.ibid.core.value.Value;
import java.util.List;

/** The functions that choose; they treat NULL and MISSING each in its own way. */
final class ConditionalFunctions {

    private ConditionalFunctions() {}

    static List<Function> all() {
        return List.of(
                Function.lenient("coalesce", 1, Function.ANY_NUMBER, (a, in) -> firstPresent(a)),
                Function.lenient("ifmissingornull", 1, Function.ANY_NUMBER, (a, in) -> firstPresent(a)),
                Function.lenient("ifmissing", 1, Function.ANY_NUMBER, (a, in) -> firstNotMissing(a)),
                Function.lenient("ifnull", 1, Function.ANY_NUMBER, (a, in) -> firstNotNull(a)),
                Function.lenient("nvl", 2, 3, (a, in) -> nvl(a)),
                Function.lenient("ismissing", 1, 1, (a, in) -> Value.of(Truth.isMissing(a[0]))),
                Function.lenient("isnull", 1, 1, (a, in) -> Value.of(Truth.isNull(a[0]))),
                Function.lenient("ismissingornull", 1, 1, (a, in) -> Value.of(Truth.isAbsent(a[0]))),
                Function.lenient("nullif", 2, 2, (a, in) -> areEqual(a) ? Value.NULL : a[0]),
                Function.lenient("missingif", 2, 2, (a, in) -> areEqual(a) ? Value.MISSING : a[0]),
                Function.lenient("decode", 3, Function.ANY_NUMBER, (a, in) -> decode(a)));
    }

    private static Value firstPresent(Value[] arguments) {
        for (Value argument : arguments) {
            if (!Truth.isAbsent(argument)) {
                return argument;
            }
        }
        return Value.NULL;
    }

    private static Value firstNotMissing(Value[] arguments) {
        for (Value argument : arguments) {
            if (!Truth.isMissing(argument)) {
                return argument;
            }
        }
        return Value.NULL;
    }

    private static Value firstNotNull(Value[] arguments) {
        for (Value argument : arguments) {
            if (!Truth.isNull(argument)) {
                return argument;
            }
        }
        return Value.NULL;
    }

    private static Value nvl(Value[] arguments) {
        boolean present = !Truth.isAbsent(arguments[0]);
        if (arguments.length == 2) {
            return present ? arguments[0] : arguments[1];
        }
        return present ? arguments[1] : arguments[2];
    }

    private static boolean areEqual(Value[] arguments) {
        return Truth.isTrue(Comparison.equal(arguments[0], arguments[1]));
    }

    /** {@code decode(x, case, result, ..., [default])}; a null matches a null. */
    private static Value decode(Value[] arguments) {
        int i = 1;
        for (; i + 1 < arguments.length; i += 2) {
            if (Comparison.same(arguments[0], arguments[i])) {
                return arguments[i + 1];
            }
        }
        return i < arguments.length ? arguments[i] : Value.NULL;
    }
}
