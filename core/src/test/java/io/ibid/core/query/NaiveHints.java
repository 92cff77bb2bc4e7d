package io.ibid.core.query;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the USE clauses mean that change an answer, for {@link NaiveSelect}. */
final class NaiveHints {

    private NaiveHints() {}

    /** The ids that alone are wanted; null for a hint that does not name any. */
    static @Nullable List<Value> ids(Command.Hint hint, Function<Expression, Value> evaluator) {
        return switch (hint) {
            case Command.Hint.Ids(int at, List<Expression> ids) ->
                ids.stream().map(evaluator).toList();
            case Command.Hint.IdList(int at, Expression list) -> ((Value.Array) evaluator.apply(list)).elements();
            case Command.Hint.Index names -> null;
            case Command.Hint.Directives directives -> null;
        };
    }
}
