package io.ibid.core.query;

import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a statement that has done all its work. */
final class FinishedResult implements Result {
    private final StatementKind kind;
    private final Iterator<ResultRow> rows;
    private final List<Value> mutatedIds;
    private final List<Warning> warnings;
    private final long warningsTotal;

    FinishedResult(StatementKind kind, List<ResultRow> rows, List<Value> mutatedIds, Warnings warnings) {
        this.kind = kind;
        this.rows = rows.iterator();
        this.mutatedIds = List.copyOf(mutatedIds);
        this.warnings = warnings.list();
        this.warningsTotal = warnings.total();
    }

    @Override
    public StatementKind kind() {
        return kind;
    }

    @Override
    public @Nullable ResultRow next() {
        return rows.hasNext() ? rows.next() : null;
    }

    @Override
    public List<ResultRow> rest() {
        List<ResultRow> rest = new ArrayList<>();
        rows.forEachRemaining(rest::add);
        return rest;
    }

    @Override
    public List<Value> mutatedIds() {
        return mutatedIds;
    }

    @Override
    public List<Warning> warnings() {
        return warnings;
    }

    @Override
    public long warningsTotal() {
        return warningsTotal;
    }

    @Override
    public void close() {}
}
