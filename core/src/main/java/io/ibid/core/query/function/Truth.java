package io.ibid.core.query.function;

import io.ibid.core.value.Value;

/**
 * Logic over TRUE, FALSE, NULL and MISSING. Any other value is a wrong type and counts as MISSING. The tables are those of SQL++, from
 * which DQL descends: FALSE decides AND, TRUE decides OR, and below that MISSING is stronger than NULL in AND and weaker in OR.
 */
public final class Truth {

    private Truth() {}

    public static Value not(Value operand) {
        return switch (operand) {
            case Value.Bool bool -> Value.of(!bool.value());
            case Value.Null none -> Value.NULL;
            default -> Value.MISSING;
        };
    }

    public static Value and(Value left, Value right) {
        Value a = ofLogic(left);
        Value b = ofLogic(right);
        if (isFalse(a) || isFalse(b)) {
            return Value.FALSE;
        }
        if (isMissing(a) || isMissing(b)) {
            return Value.MISSING;
        }
        return isNull(a) || isNull(b) ? Value.NULL : Value.TRUE;
    }

    public static Value or(Value left, Value right) {
        Value a = ofLogic(left);
        Value b = ofLogic(right);
        if (isTrue(a) || isTrue(b)) {
            return Value.TRUE;
        }
        if (isNull(a) || isNull(b)) {
            return Value.NULL;
        }
        return isMissing(a) || isMissing(b) ? Value.MISSING : Value.FALSE;
    }

    public static Value xor(Value left, Value right) {
        Value a = ofLogic(left);
        Value b = ofLogic(right);
        if (isMissing(a) || isMissing(b)) {
            return Value.MISSING;
        }
        if (isNull(a) || isNull(b)) {
            return Value.NULL;
        }
        return Value.of(isTrue(a) != isTrue(b));
    }

    /** Whether a condition holds: only TRUE does. */
    public static boolean isTrue(Value value) {
        return value instanceof Value.Bool bool && bool.value();
    }

    public static boolean isFalse(Value value) {
        return value instanceof Value.Bool bool && !bool.value();
    }

    public static boolean isNull(Value value) {
        return value instanceof Value.Null;
    }

    public static boolean isMissing(Value value) {
        return value instanceof Value.Missing;
    }

    /** Whether the value is NULL or MISSING. */
    public static boolean isAbsent(Value value) {
        return value instanceof Value.Null || value instanceof Value.Missing;
    }

    private static Value ofLogic(Value value) {
        return value instanceof Value.Bool || value instanceof Value.Null ? value : Value.MISSING;
    }
}
