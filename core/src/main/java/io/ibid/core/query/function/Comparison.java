package io.ibid.core.query.function;

import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The comparison operators. Two values compare when they are of one kind, where integers and floats are one; values of two kinds are
 * neither equal nor different, the answer is MISSING. Inside arrays and objects everything compares, by the total order.
 */
public final class Comparison {

    private Comparison() {}

    /** TRUE or FALSE, or NULL or MISSING when there is no answer. */
    public static Value equal(Value a, Value b) {
        if (a instanceof Value.Text x && b instanceof Value.Text y) {
            return Value.of(x.value().equals(y.value()));
        }
        if (a instanceof Value.Int x && b instanceof Value.Int y) {
            return Value.of(x.value() == y.value());
        }
        return comparable(a, b) ? Value.of(ValueOrder.compare(a, b) == 0) : unanswered(a, b);
    }

    public static Value less(Value a, Value b) {
        return comparable(a, b) ? Value.of(ValueOrder.compare(a, b) < 0) : unanswered(a, b);
    }

    public static Value lessOrEqual(Value a, Value b) {
        return comparable(a, b) ? Value.of(ValueOrder.compare(a, b) <= 0) : unanswered(a, b);
    }

    /** Whether two values are the same value, as IN, GROUP BY and DISTINCT see it. */
    public static boolean same(Value a, Value b) {
        return ValueOrder.compare(a, b) == 0;
    }

    /** Of two values that are the same value the one to show: an integer rather than a float, also inside. */
    public static Value preferInteger(Value shown, Value other) {
        return switch (shown) {
            case Value.Float number when other instanceof Value.Int -> other;
            case Value.Array(List<Value> elements)
            when !shown.equals(other) -> {
                List<Value> preferred = new ArrayList<>(elements.size());
                for (int i = 0; i < elements.size(); i++) {
                    preferred.add(preferInteger(
                            elements.get(i), ((Value.Array) other).elements().get(i)));
                }
                yield new Value.Array(preferred);
            }
            case Value.Struct struct
            when !shown.equals(other) -> {
                Value.Struct.Builder preferred = Value.Struct.builder();
                for (int i = 0; i < struct.size(); i++) {
                    preferred.put(struct.name(i), preferInteger(struct.value(i), ((Value.Struct) other).value(i)));
                }
                yield preferred.build();
            }
            default -> shown;
        };
    }

    private static boolean comparable(Value a, Value b) {
        return switch (a) {
            case Value.Int number -> b instanceof Value.Int || b instanceof Value.Float;
            case Value.Float number -> b instanceof Value.Int || b instanceof Value.Float;
            case Value.Text text -> b instanceof Value.Text;
            case Value.Bool bool -> b instanceof Value.Bool;
            case Value.Binary binary -> b instanceof Value.Binary;
            case Value.Array array -> b instanceof Value.Array;
            case Value.Struct struct -> b instanceof Value.Struct;
            case Value.Null none -> false;
            case Value.Missing missing -> false;
        };
    }

    private static Value unanswered(Value a, Value b) {
        if (Truth.isMissing(a) || Truth.isMissing(b)) {
            return Value.MISSING;
        }
        return Truth.isNull(a) || Truth.isNull(b) ? Value.NULL : Value.MISSING;
    }
}
