package io.ibid.core.query.function;

import io.ibid.core.value.Value;

/**
 * Numbers. Integers stay integers and become floats only when they overflow; with a float operand everything is a float. Division by
 * zero is NULL. Operands are neither NULL nor MISSING; for one that is no number the result is MISSING.
 */
public final class Arithmetic {

    private Arithmetic() {}

    public static Value add(Value a, Value b) {
        if (a instanceof Value.Int x && b instanceof Value.Int y) {
            long sum = x.value() + y.value();
            boolean overflow = ((x.value() ^ sum) & (y.value() ^ sum)) < 0;
            return overflow ? Value.of((double) x.value() + y.value()) : Value.of(sum);
        }
        return areNumbers(a, b) ? Value.of(toDouble(a) + toDouble(b)) : Value.MISSING;
    }

    public static Value subtract(Value a, Value b) {
        if (a instanceof Value.Int x && b instanceof Value.Int y) {
            long difference = x.value() - y.value();
            boolean overflow = ((x.value() ^ y.value()) & (x.value() ^ difference)) < 0;
            return overflow ? Value.of((double) x.value() - y.value()) : Value.of(difference);
        }
        return areNumbers(a, b) ? Value.of(toDouble(a) - toDouble(b)) : Value.MISSING;
    }

    public static Value multiply(Value a, Value b) {
        if (a instanceof Value.Int x && b instanceof Value.Int y) {
            long low = x.value() * y.value();
            boolean overflow = Math.multiplyHigh(x.value(), y.value()) != low >> 63;
            return overflow ? Value.of((double) x.value() * y.value()) : Value.of(low);
        }
        return areNumbers(a, b) ? Value.of(toDouble(a) * toDouble(b)) : Value.MISSING;
    }

    /** Between integers the quotient is cut towards zero. */
    public static Value divide(Value a, Value b) {
        if (!areNumbers(a, b)) {
            return Value.MISSING;
        }
        if (toDouble(b) == 0) {
            return Value.NULL;
        }
        if (a instanceof Value.Int x && b instanceof Value.Int y) {
            return x.value() == Long.MIN_VALUE && y.value() == -1
                    ? Value.of(-(double) Long.MIN_VALUE)
                    : Value.of(x.value() / y.value());
        }
        return Value.of(toDouble(a) / toDouble(b));
    }

    /** Has the sign of the dividend. */
    public static Value remainder(Value a, Value b) {
        if (!areNumbers(a, b)) {
            return Value.MISSING;
        }
        if (toDouble(b) == 0) {
            return Value.NULL;
        }
        return a instanceof Value.Int x && b instanceof Value.Int y
                ? Value.of(x.value() % y.value())
                : Value.of(toDouble(a) % toDouble(b));
    }

    public static Value negate(Value operand) {
        return switch (operand) {
            case Value.Int number ->
                number.value() == Long.MIN_VALUE ? Value.of(-(double) Long.MIN_VALUE) : Value.of(-number.value());
            case Value.Float number -> Value.of(-number.value());
            default -> Value.MISSING;
        };
    }

    public static Value shiftLeft(Value a, Value b) {
        return a instanceof Value.Int x && isShiftCount(b)
                ? Value.of(x.value() << ((Value.Int) b).value())
                : Value.MISSING;
    }

    /** Keeps the sign. */
    public static Value shiftRight(Value a, Value b) {
        return a instanceof Value.Int x && isShiftCount(b)
                ? Value.of(x.value() >> ((Value.Int) b).value())
                : Value.MISSING;
    }

    public static boolean isNumber(Value value) {
        return value instanceof Value.Int || value instanceof Value.Float;
    }

    /** The number as a float. */
    public static Value toFloat(Value number) {
        return Value.of(toDouble(number));
    }

    static double toDouble(Value number) {
        return number instanceof Value.Int integer ? integer.value() : ((Value.Float) number).value();
    }

    /** The float as an integer when it is a whole number that fits one, any other value as it is. */
    public static Value wholeAsInteger(Value value) {
        return value instanceof Value.Float number
                        && number.value() == Math.rint(number.value())
                        && number.value() >= -0x1p63
                        && number.value() < 0x1p63
                ? Value.of((long) number.value())
                : value;
    }

    private static boolean areNumbers(Value a, Value b) {
        return isNumber(a) && isNumber(b);
    }

    private static boolean isShiftCount(Value value) {
        return value instanceof Value.Int(long count) && count >= 0 && count <= 63;
    }
}
