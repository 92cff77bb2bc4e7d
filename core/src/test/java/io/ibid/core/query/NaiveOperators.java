package io.ibid.core.query;

import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Logic, comparison and arithmetic as the reference's tables say, for {@link NaiveEvaluator}. */
final class NaiveOperators {

    private NaiveOperators() {}

    static boolean isTrue(Value value) {
        return value.equals(Value.TRUE);
    }

    static Value negated(boolean negated, Value value) {
        return negated ? not(value) : value;
    }

    static Value not(Value value) {
        return value instanceof Value.Bool bool
                ? Value.of(!bool.value())
                : value.equals(Value.NULL) ? Value.NULL : Value.MISSING;
    }

    static int rank(Value value) {
        // FALSE decides AND, then MISSING, then NULL, then TRUE.
        return value.equals(Value.FALSE) ? 0 : value.equals(Value.NULL) ? 2 : value.equals(Value.TRUE) ? 3 : 1;
    }

    static final List<Value> BY_RANK = List.of(Value.FALSE, Value.MISSING, Value.NULL, Value.TRUE);

    static Value and(Value a, Value b) {
        return BY_RANK.get(Math.min(rank(a), rank(b)));
    }

    static Value or(Value a, Value b) {
        if (isTrue(a) || isTrue(b)) {
            return Value.TRUE;
        }
        if (a.equals(Value.NULL) || b.equals(Value.NULL)) {
            return Value.NULL;
        }
        return a.equals(Value.FALSE) && b.equals(Value.FALSE) ? Value.FALSE : Value.MISSING;
    }

    static Value xor(Value a, Value b) {
        if (rank(a) == 1 || rank(b) == 1) {
            return Value.MISSING;
        }
        return a.equals(Value.NULL) || b.equals(Value.NULL) ? Value.NULL : Value.of(!a.equals(b));
    }

    static Value in(Value x, List<Value> list) {
        if (x.equals(Value.MISSING) || x.equals(Value.NULL)) {
            return x;
        }
        if (list.stream().anyMatch(element -> ValueOrder.compare(x, element) == 0)) {
            return Value.TRUE;
        }
        return list.contains(Value.NULL) || list.contains(Value.MISSING) ? Value.NULL : Value.FALSE;
    }

    static @Nullable Value absent(Value... operands) {
        List<Value> all = List.of(operands);
        return all.contains(Value.MISSING) ? Value.MISSING : all.contains(Value.NULL) ? Value.NULL : null;
    }

    static String kind(Value value) {
        return value instanceof Value.Int || value instanceof Value.Float
                ? "number"
                : value.getClass().getSimpleName();
    }

    static Value operation(String operator, Value a, Value b) {
        Value absent = absent(a, b);
        if (absent != null) {
            return absent;
        }
        if (operator.equals("||")) {
            return a instanceof Value.Text x && b instanceof Value.Text y
                    ? Value.of(x.value() + y.value())
                    : Value.MISSING;
        }
        if (!"= != < <= > >=".contains(operator)) {
            return arithmetic(operator, a, b, false);
        }
        if (!kind(a).equals(kind(b))) {
            return Value.MISSING;
        }
        int order = ValueOrder.compare(a, b);
        return Value.of(
                switch (operator) {
                    case "=" -> order == 0;
                    case "!=" -> order != 0;
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    default -> order >= 0;
                });
    }

    static Value arithmetic(String operator, Value a, Value b, boolean negation) {
        Value absent = absent(a, b);
        if (absent != null) {
            return absent;
        }
        if (!kind(a).equals("number") || !kind(b).equals("number")) {
            return Value.MISSING;
        }
        if (a instanceof Value.Int(long x) && b instanceof Value.Int(long y)) {
            BigInteger p = BigInteger.valueOf(x);
            BigInteger q = BigInteger.valueOf(y);
            if (operator.equals("<<") || operator.equals(">>")) {
                return y < 0 || y > 63 ? Value.MISSING : Value.of(operator.equals("<<") ? x << y : x >> y);
            }
            if (y == 0 && (operator.equals("/") || operator.equals("%"))) {
                return Value.NULL;
            }
            BigInteger exact = switch (operator) {
                case "+" -> p.add(q);
                case "-" -> p.subtract(q);
                case "*" -> p.multiply(q);
                case "/" -> p.divide(q);
                default -> p.remainder(q);
            };
            return exact.bitLength() <= 63 ? Value.of(exact.longValue()) : Value.of(exact.doubleValue());
        }
        double x = a instanceof Value.Int i ? i.value() : ((Value.Float) a).value();
        double y = b instanceof Value.Int i ? i.value() : ((Value.Float) b).value();
        return switch (operator) {
            case "+" -> Value.of(x + y);
            case "-" -> Value.of(negation ? -y : x - y);
            case "*" -> Value.of(x * y);
            case "/" -> y == 0 ? Value.NULL : Value.of(x / y);
            case "%" -> y == 0 ? Value.NULL : Value.of(x % y);
            default -> Value.MISSING;
        };
    }

    /** Of two equal values the one to show: an integer rather than a float, also inside. */
    static Value shown(Value a, Value b) {
        return switch (a) {
            case Value.Float x when b instanceof Value.Int -> b;
            case Value.Array(List<Value> elements) -> {
                List<Value> shown = new ArrayList<>();
                for (int i = 0; i < elements.size(); i++) {
                    shown.add(
                            shown(elements.get(i), ((Value.Array) b).elements().get(i)));
                }
                yield new Value.Array(shown);
            }
            case Value.Struct struct -> {
                Map<String, Value> shown = new LinkedHashMap<>();
                for (int i = 0; i < struct.size(); i++) {
                    shown.put(struct.name(i), shown(struct.value(i), ((Value.Struct) b).value(i)));
                }
                yield Value.Struct.of(shown);
            }
            default -> a;
        };
    }
}
