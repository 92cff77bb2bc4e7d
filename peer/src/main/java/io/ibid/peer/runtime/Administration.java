package io.ibid.peer.runtime;

import io.ibid.core.database.Database;
import io.ibid.core.query.Result;
import io.ibid.core.query.Statement;
import io.ibid.core.query.StatementKind;
import io.ibid.core.store.Published;
import io.ibid.core.value.Value;

/** Runs the statements about the database itself: its parameters and its indexes. Any thread but the loop's. */
final class Administration {
    private final Database database;
    private final Loop loop;
    private final SyncControl sync;

    Administration(Database database, Loop loop, SyncControl sync) {
        this.database = database;
        this.loop = loop;
        this.sync = sync;
    }

    /** What was set is in force when this returns, an index that was created is ready. */
    Result run(Statement statement, Value.Struct arguments, StatementLimits limits) {
        return switch (statement.kind().needs()) {
            case SETTINGS -> {
                Result result = statement.execute(database.parameters(), arguments, limits);
                if (statement.kind() == StatementKind.ALTER_SYSTEM) {
                    sync.parametersChanged();
                }
                yield result;
            }
            case SCHEMA -> statement.execute(new IndexStatements(database, loop, limits), arguments, limits);
            case ADVISED_SCHEMA -> {
                Published snapshot = database.published();
                try {
                    yield statement.execute(
                            snapshot.source(database.settings().reading()),
                            new IndexStatements(database, loop, limits),
                            arguments,
                            limits);
                } finally {
                    snapshot.close();
                }
            }
            case SOURCE, TARGET -> throw new AssertionError(statement.kind() + " is about documents");
        };
    }
}
