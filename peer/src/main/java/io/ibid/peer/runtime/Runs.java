package io.ibid.peer.runtime;

import io.ibid.core.database.Database;
import io.ibid.core.database.StatementSettings;
import io.ibid.core.database.requests.Request;
import io.ibid.core.query.Limits;
import io.ibid.core.query.Statement;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.settings.Catalogue;
import io.ibid.core.settings.ParameterValues;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What every run of a statement begins with: its preparation, its limits, as the caller and the parameters say. Any thread. */
final class Runs {
    private final Database database;
    private final Rights rights;
    private final MemoryPool memory;

    Runs(Database database, Rights rights) {
        this.database = database;
        this.rights = rights;
        this.memory = new MemoryPool(() -> bytes(database.parameters().current().get(Catalogue.DQL_TOTAL_MEMORY_MB)));
    }

    StatementOptions options(ExecuteOptions how) {
        StatementSettings settings = database.settings();
        return how.strict() == null ? settings.options() : settings.options(how.strict());
    }

    Statement prepare(String text, ExecuteOptions how) {
        Statement statement = database.prepare(text, options(how));
        rights.require(statement, how.caller());
        return statement;
    }

    Request begin(String text, ExecuteOptions how) {
        return database.requests().begin(text, how.caller().requestType());
    }

    Statement prepare(Request request, String text, ExecuteOptions how) {
        Statement statement = database.prepare(request, text, options(how));
        rights.require(statement, how.caller());
        return statement;
    }

    /** What the running statements have taken together, bytes. */
    long memoryBytes() {
        return memory.reservedBytes();
    }

    /** @param request told of time that passes; null: nobody is */
    StatementLimits limits(ExecuteOptions how, @Nullable Request request) {
        ParameterValues values = database.parameters().current();
        long timeoutMs = how.timeoutMs() > 0
                ? how.timeoutMs()
                : TimeUnit.SECONDS.toMillis(values.get(Catalogue.DQL_REQUEST_TIMEOUT_SECONDS));
        long memoryBytesMax = bytes(values.get(Catalogue.DQL_STATEMENT_MEMORY_MB));
        return new StatementLimits(
                timeoutMs, memoryBytesMax, memory, how.cancelled(), () -> origin(how, request), request);
    }

    private Limits.Origin origin(ExecuteOptions how, @Nullable Request request) {
        return new Limits.Origin(
                database.databaseId(),
                how.caller().requestType(),
                request == null ? "" : request.id(),
                request == null ? 0 : request.prepareNs());
    }

    private static long bytes(long mebibytes) {
        return Math.min(mebibytes, Long.MAX_VALUE >> 20) << 20;
    }
}
