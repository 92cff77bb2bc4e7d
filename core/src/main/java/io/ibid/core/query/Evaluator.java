package io.ibid.core.query;

import io.ibid.core.query.function.Truth;
import io.ibid.core.value.Value;

/** A compiled expression. Immutable; all state is in the scope. */
interface Evaluator {

    Value evaluate(Scope scope);

    /** Whether the value is exactly TRUE, for conditions; cheaper than the value where logic can stop early. */
    default boolean holds(Scope scope) {
        return Truth.isTrue(evaluate(scope));
    }

    /** An expression whose value is known. */
    record Constant(Value value) implements Evaluator {
        @Override
        public Value evaluate(Scope scope) {
            return value;
        }
    }
}
