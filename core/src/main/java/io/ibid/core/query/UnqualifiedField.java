package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_EVALUATION;

import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;

/** A field without alias in a join. Documents have no schema, so which row it is of can only be seen in the rows. */
final class UnqualifiedField implements Evaluator {
    private final Path head;
    private final Path path;
    private final int terms;
    private final int at;
    private final String text;

    UnqualifiedField(Expression.Unqualified field, String text) {
        path = field.path();
        head = Path.of(path.key(0));
        terms = field.terms();
        at = field.at();
        this.text = text;
    }

    @Override
    public Value evaluate(Scope scope) {
        Value found = Value.MISSING;
        for (int i = 0; i < terms; i++) {
            Row row = scope.rows[i];
            Value value = row == null ? Value.MISSING : row.field(head);
            if (value instanceof Value.Missing) {
                continue;
            }
            if (!(found instanceof Value.Missing)) {
                throw QueryException.at(QUERY_EVALUATION, "Ambiguous reference to field: " + path.key(0), text, at);
            }
            found = value;
        }
        return Navigation.follow(found, path, 1);
    }
}
