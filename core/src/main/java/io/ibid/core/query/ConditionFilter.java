package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_PARAMETER;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Value;
import java.util.Map;

/** A bound condition on one row. Immutable: each test has a scope of its own. */
final class ConditionFilter implements RowFilter {
    private final Evaluator condition;
    private final Scope.Layout layout;
    private final Value[] parameters;

    /** Compiles the condition and takes its arguments; they must be there. */
    ConditionFilter(Expression bound, String text, Value.Struct arguments) {
        Compiler compiler = new Compiler(text, new Warnings());
        condition = compiler.compile(bound);
        layout = compiler.layout(1);
        parameters = new Value[compiler.parameters().size()];
        int slot = 0;
        for (Map.Entry<String, Integer> parameter : compiler.parameters().entrySet()) {
            Value value = arguments.get(parameter.getKey());
            if (value instanceof Value.Missing) {
                throw QueryException.at(
                        QUERY_PARAMETER,
                        "Parameter " + parameter.getKey() + " was not provided",
                        text,
                        parameter.getValue());
            }
            parameters[slot++] = value;
        }
    }

    /** Whether the condition is TRUE whatever the row is. */
    boolean holdsAlways() {
        return condition instanceof Evaluator.Constant(Value value) && value.equals(Value.TRUE);
    }

    /** A condition that cannot be evaluated within {@link FilterLimits} does not hold. */
    @Override
    public boolean matches(Row row) {
        Scope scope = new Scope(layout, parameters, new FilterLimits());
        scope.rows[0] = row;
        try {
            return condition.holds(scope);
        } catch (IbidException failure) {
            return false;
        }
    }
}
