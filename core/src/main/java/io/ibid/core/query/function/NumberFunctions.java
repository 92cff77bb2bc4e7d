package io.ibid.core.query.function;

import io.ibid.core.value.Value;
import java.util.List;

/** The functions over numbers. */
final class NumberFunctions {

    private NumberFunctions() {}

    static List<Function> all() {
        return List.of(
                Function.strict("abs", 1, 1, NumberFunctions::abs),
                Function.strict("ceil", 1, 1, (a, in) -> rounded("ceil", a[0], in)),
                Function.strict("floor", 1, 1, (a, in) -> rounded("floor", a[0], in)));
    }

    private static Value abs(Value[] arguments, Invocation in) {
        return switch (arguments[0]) {
            case Value.Int number -> number.value() < 0 ? Arithmetic.negate(number) : number;
            case Value.Float number -> Value.of(Math.abs(number.value()));
            default -> in.wrongType("abs");
        };
    }

    /** The result is a float, whatever the operand is. */
    private static Value rounded(String name, Value operand, Invocation in) {
        if (!Arithmetic.isNumber(operand)) {
            return in.wrongType(name);
        }
        double number = Arithmetic.toDouble(operand);
        return Value.of(name.equals("ceil") ? Math.ceil(number) : Math.floor(number));
    }
}
