package io.ibid.core.query.function;

import io.ibid.core.value.Value;

/**
 * One function of the language.
 *
 * @param name in lower case
 * @param argumentsMax {@link #ANY_NUMBER} for no bound
 * @param strict the rule for MISSING and NULL arguments is applied before the body is called
 * @param deterministic the same arguments give the same result in every execution
 */
public record Function(
        String name, int argumentsMin, int argumentsMax, boolean strict, boolean deterministic, Body body) {

    public static final int ANY_NUMBER = Integer.MAX_VALUE;

    /** What a function does; the array may be reused by the caller. */
    public interface Body {
        Value apply(Value[] arguments, Invocation in);
    }

    static Function strict(String name, int argumentsMin, int argumentsMax, Body body) {
        return new Function(name, argumentsMin, argumentsMax, true, true, body);
    }

    static Function lenient(String name, int argumentsMin, int argumentsMax, Body body) {
        return new Function(name, argumentsMin, argumentsMax, false, true, body);
    }

    /** Calls the function. */
    public Value apply(Value[] arguments, Invocation in) {
        if (strict) {
            boolean anyNull = false;
            for (Value argument : arguments) {
                if (argument instanceof Value.Missing) {
                    return Value.MISSING;
                }
                anyNull |= argument instanceof Value.Null;
            }
            if (anyNull) {
                return Value.NULL;
            }
        }
        return body.apply(arguments, in);
    }
}
