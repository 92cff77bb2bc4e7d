package io.ibid.peer.runtime;

import io.ibid.core.database.requests.Request;
import io.ibid.core.query.Result;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.StatementKind;
import io.ibid.core.query.Warning;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was run. The rows of a SELECT stream from the snapshot it ran at and hold it until closed; a mutation is durable
 * and published when its execution exists. Confined to one caller.
 */
public final class Execution implements AutoCloseable {
    private final Result result;
    private final Runnable release;
    private final long commitId;
    private final @Nullable Request request;
    private boolean closed;

    /**
     * @param request what this is the outcome of; null when nobody keeps account of it
     * @param release gives back what the rows need; called once
     */
    Execution(Result result, long commitId, @Nullable Request request, Runnable release) {
        this.request = request;
        this.result = result;
        this.release = release;
        this.commitId = commitId;
    }

    /** Of what nobody keeps account of, and what holds nothing. */
    Execution(Result result, long commitId) {
        this(result, commitId, null, () -> {});
    }

    public StatementKind kind() {
        return result.kind();
    }

    /** The next row, or null after the last one. */
    public @Nullable ResultRow next() {
        if (request == null) {
            return result.next();
        }
        try {
            ResultRow row = result.next();
            if (row == null) {
                request.end(null);
            } else {
                request.row();
            }
            return row;
        } catch (Throwable e) {
            request.end(e);
            throw e;
        }
    }

    /** The rows that are left. */
    public List<ResultRow> rest() {
        List<ResultRow> rows = new ArrayList<>();
        for (ResultRow row = next(); row != null; row = next()) {
            rows.add(row);
        }
        return rows;
    }

    /** The ids that a mutation wrote. */
    public List<Value> mutatedIds() {
        return result.mutatedIds();
    }

    /** Of a mutation: its commit, or the newest one when it changed nothing. Of a read: the commit it saw. */
    public long commitId() {
        return commitId;
    }

    /** At most ten; complete after the last row. */
    public List<Warning> warnings() {
        return result.warnings();
    }

    /** How many there were; complete after the last row. */
    public long warningsTotal() {
        return result.warningsTotal();
    }

    /** Releases the snapshot. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                result.close();
            } finally {
                if (request != null) {
                    request.end(null);
                }
                release.run();
            }
        }
    }
}
