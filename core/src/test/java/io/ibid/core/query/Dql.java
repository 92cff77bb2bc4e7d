package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ibid.core.error.IbidException;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.List;

/** Runs statements in tests and says what they answer as JSON lines. */
final class Dql {
    final MapStore store = new MapStore();
    private StatementOptions options = StatementOptions.FLEXIBLE;

    Dql strict() {
        options = StatementOptions.STRICT;
        return this;
    }

    /** Fills a collection with documents written as one JSON array. */
    Dql with(String collection, String documents) {
        ((Value.Array) Json.parse(documents)).elements().forEach(it -> store.put(collection, (Value.Struct) it));
        return this;
    }

    /** The rows, or for a mutation the ids, one JSON text a line. */
    String run(String statement, String arguments) {
        try (Result result = result(statement, arguments)) {
            StringBuilder out = new StringBuilder();
            for (ResultRow row : result.rest()) {
                StringBuilder json = new StringBuilder();
                row.appendJson(json);
                assertThat(json.toString()).isEqualTo(Json.write(row.value()));
                out.append(out.isEmpty() ? "" : "\n").append(json);
            }
            for (Value id : result.mutatedIds()) {
                out.append(out.isEmpty() ? "" : "\n").append(Json.write(id));
            }
            return out.toString();
        }
    }

    String run(String statement) {
        return run(statement, "{}");
    }

    /** The only value of the only row, as JSON; empty when it is MISSING. */
    String value(String expression, String arguments) {
        String row = run("SELECT " + expression + " AS v FROM system:dual", arguments);
        return row.equals("{}") ? "MISSING" : row.substring("{\"v\":".length(), row.length() - 1);
    }

    String value(String expression) {
        return value(expression, "{}");
    }

    Result result(String statement, String arguments) {
        Value.Struct given = (Value.Struct) Json.parse(arguments);
        Limits limits = Limits.of(1_773_570_645_123L, 256 << 20);
        Statement prepared = Statement.prepare(statement, options);
        return prepared.kind().needs() == StatementKind.Needs.SCHEMA
                ? prepared.execute(store.schema(), given, limits)
                : prepared.execute((Target) store, given, limits);
    }

    List<String> warnings(String statement, String arguments) {
        try (Result result = result(statement, arguments)) {
            result.rest();
            return result.warnings().stream().map(Warning::description).toList();
        }
    }

    /** The code and whole message of the error that the statement gives. */
    String error(String statement, String arguments) {
        IbidException error = catchThrowableOfType(IbidException.class, () -> run(statement, arguments));
        assertThat(error).as(statement).isNotNull();
        return error.code().text() + " " + error.getMessage();
    }

    String error(String statement) {
        return error(statement, "{}");
    }
}
