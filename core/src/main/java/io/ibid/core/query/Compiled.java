package io.ibid.core.query;

import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Value;

/** A bound expression and what it was compiled to; a plan keeps both, one to be shown and one to be run. */
record Compiled(Expression expression, Evaluator evaluator) {

    Value evaluate(Scope scope) {
        return evaluator.evaluate(scope);
    }

    boolean holds(Scope scope) {
        return evaluator.holds(scope);
    }

    /** Where it stands in the statement. */
    int at() {
        return expression.at();
    }
}
