package io.ibid.peer.runtime;

import io.ibid.core.query.Result;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.StatementKind;
import io.ibid.core.query.Warning;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of an observed SELECT that was read to its end. */
final class DeliveredRows implements Result {
    private final List<ResultRow> rows;
    private final List<Warning> warnings;
    private int next;

    DeliveredRows(List<ResultRow> rows, List<Warning> warnings) {
        this.rows = rows;
        this.warnings = warnings;
    }

    @Override
    public StatementKind kind() {
        return StatementKind.SELECT;
    }

    @Override
    public @Nullable ResultRow next() {
        return next < rows.size() ? rows.get(next++) : null;
    }

    @Override
    public List<ResultRow> rest() {
        List<ResultRow> rest = next == 0 ? rows : rows.subList(next, rows.size());
        next = rows.size();
        return rest;
    }

    @Override
    public List<Value> mutatedIds() {
        return List.of();
    }

    @Override
    public List<Warning> warnings() {
        return warnings;
    }

    @Override
    public long warningsTotal() {
        return warnings.size();
    }

    @Override
    public void close() {
        next = rows.size();
    }
}
