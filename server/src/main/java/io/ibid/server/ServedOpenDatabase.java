package io.ibid.server;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.Statement;
import io.ibid.core.query.StatementKind;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.Caller;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open database as the handlers see it. */
final class ServedOpenDatabase implements ServedDatabase {
    private final OpenDatabase database;

    ServedOpenDatabase(OpenDatabase database) {
        this.database = database;
    }

    @Override
    public String id() {
        return database.databaseId();
    }

    @Override
    public Path scratchDirectory() {
        return database.directory();
    }

    @Override
    public Outcome execute(String statement, Value.Struct arguments, Terms terms) {
        return new Executed(database.execute(
                statement,
                arguments,
                new ExecuteOptions(terms.strict(), terms.timeoutMs(), terms.cancelled(), Caller.HTTP_ADMIN)));
    }

    @Override
    public QueryType typeOf(String statement, boolean strict) {
        try {
            return type(Statement.prepare(statement, options(strict)).kind());
        } catch (IbidException e) { // the error that the client gets says it
            return QueryType.UNKNOWN;
        }
    }

    @Override
    public boolean awaitCommit(long commitId, long timeoutMs) {
        return database.awaitCommit(commitId, timeoutMs);
    }

    private static StatementOptions options(boolean strict) {
        return strict ? StatementOptions.STRICT : StatementOptions.FLEXIBLE;
    }

    private static QueryType type(StatementKind kind) {
        return kind.queryType().equals(QueryType.SELECT.text()) ? QueryType.SELECT : QueryType.MUTATION;
    }

    private record Executed(Execution execution) implements Outcome {
        @Override
        public QueryType type() {
            return ServedOpenDatabase.type(execution.kind());
        }

        @Override
        public @Nullable Row next() {
            ResultRow row = execution.next();
            return row == null ? null : new ServedRow(row);
        }

        @Override
        public List<Value> mutatedIds() {
            return execution.mutatedIds();
        }

        @Override
        public long commitId() {
            return execution.commitId();
        }

        @Override
        public List<Warning> warnings() {
            return execution.warnings().stream()
                    .map(warning -> new Warning(warning.id(), warning.description()))
                    .toList();
        }

        @Override
        public long totalWarnings() {
            return execution.warningsTotal();
        }

        @Override
        public void close() {
            execution.close();
        }
    }

    private record ServedRow(ResultRow row) implements Row {
        @Override
        public Value.Struct value() {
            return row.value();
        }

        @Override
        public void appendJson(StringBuilder out) {
            row.appendJson(out);
        }
    }
}
