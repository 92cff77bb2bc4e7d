package io.ibid.core.query.function;

import io.ibid.core.value.Value;
import java.util.List;

/** The functions over arrays. */
final class ArrayFunctions {

    private ArrayFunctions() {}

    static List<Function> all() {
        return List.of(
                Function.strict("array_contains", 2, 2, ArrayFunctions::contains),
                Function.strict("array_contains_null", 1, 1, ArrayFunctions::containsNull),
                Function.strict("array_length", 1, 1, ArrayFunctions::length));
    }

    private static Value contains(Value[] arguments, Invocation in) {
        if (!(arguments[0] instanceof Value.Array array)) {
            return in.wrongType("array_contains");
        }
        for (Value element : array.elements()) {
            if (Comparison.same(element, arguments[1])) {
                return Value.TRUE;
            }
        }
        return Value.FALSE;
    }

    private static Value containsNull(Value[] arguments, Invocation in) {
        return arguments[0] instanceof Value.Array array
                ? Value.of(array.elements().contains(Value.NULL))
                : in.wrongType("array_contains_null");
    }

    private static Value length(Value[] arguments, Invocation in) {
        return arguments[0] instanceof Value.Array array
                ? Value.of(array.elements().size())
                : in.wrongType("array_length");
    }
}
