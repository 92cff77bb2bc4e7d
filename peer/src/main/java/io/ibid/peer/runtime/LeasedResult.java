package io.ibid.peer.runtime;

import io.ibid.core.query.Result;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.StatementKind;
import io.ibid.core.query.Warning;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a statement in a transaction; the statement runs until they have been read to the end or are closed. */
final class LeasedResult implements Result {
    private final Result rows;
    private final Lease lease;
    private boolean ended;

    LeasedResult(Result rows, Lease lease) {
        this.rows = rows;
        this.lease = lease;
    }

    @Override
    public StatementKind kind() {
        return rows.kind();
    }

    @Override
    public @Nullable ResultRow next() {
        ResultRow row = rows.next();
        if (row == null) {
            end();
        }
        return row;
    }

    @Override
    public List<ResultRow> rest() {
        List<ResultRow> rest = new ArrayList<>();
        for (ResultRow row = next(); row != null; row = next()) {
            rest.add(row);
        }
        return rest;
    }

    @Override
    public List<Value> mutatedIds() {
        return rows.mutatedIds();
    }

    @Override
    public List<Warning> warnings() {
        return rows.warnings();
    }

    @Override
    public long warningsTotal() {
        return rows.warningsTotal();
    }

    @Override
    public void close() {
        rows.close();
        end();
    }

    private void end() {
        if (!ended) {
            ended = true;
            lease.end();
        }
    }
}
