package io.ibid.core.query;

import io.ibid.core.query.syntax.QueryException;
import java.util.List;

/** Runs CREATE INDEX and DROP INDEX. They answer nothing. */
final class SchemaExecution {
    private final String text;
    private final Scope scope;
    private final Schema schema;

    SchemaExecution(String text, Scope scope, Schema schema) {
        this.text = text;
        this.scope = scope;
        this.schema = schema;
    }

    Result run(Program program) {
        return switch (program) {
            case Program.CreateIndex(
                    int at,
                    String collection,
                    String name,
                    List<IndexShape.Key> keys,
                    boolean lenient) ->
                placed(
                        StatementKind.CREATE_INDEX,
                        at,
                        () -> schema.create(new IndexShape(collection, name, keys, schema.includesMissing()), lenient));
            case Program.DropIndex(int at, String collection, String name, boolean lenient) ->
                placed(StatementKind.DROP_INDEX, at, () -> schema.drop(collection, name, lenient));
            default -> throw new AssertionError(program);
        };
    }

    private Result placed(StatementKind kind, int at, Runnable action) {
        return QueryException.placed(text, at, () -> {
            action.run();
            return new FinishedResult(kind, List.of(), List.of(), scope.warnings());
        });
    }
}
