package io.ibid.core.query;

import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers of a SELECT, made while they are asked for. */
final class SelectResult implements Result {
    private final Cursor cursor;
    private final StatementKind kind;
    private final Scope scope;
    private final Execution execution;
    private final Ending ending;
    private long rows;
    private boolean closed;

    SelectResult(Cursor cursor, StatementKind kind, Scope scope, Execution execution, Ending ending) {
        this.cursor = cursor;
        this.kind = kind;
        this.scope = scope;
        this.execution = execution;
        this.ending = ending;
    }

    /** What is answered behind the last row. */
    interface Ending {
        @Nullable
        ResultRow after(long rows);
    }

    @Override
    public StatementKind kind() {
        return kind;
    }

    @Override
    public @Nullable ResultRow next() {
        if (closed) {
            return null;
        }
        try {
            if (cursor.next()) {
                ResultRow row = scope.output;
                if (row == null) {
                    throw new AssertionError("a plan without a projection");
                }
                rows++;
                return row;
            }
            ResultRow last = ending.after(rows);
            close();
            return last;
        } catch (RuntimeException failure) {
            close();
            throw execution.told(failure);
        }
    }

    @Override
    public List<ResultRow> rest() {
        List<ResultRow> rows = new ArrayList<>();
        for (ResultRow row = next(); row != null; row = next()) {
            rows.add(row);
        }
        return rows;
    }

    @Override
    public List<Value> mutatedIds() {
        return List.of();
    }

    @Override
    public List<Warning> warnings() {
        return scope.warnings().list();
    }

    @Override
    public long warningsTotal() {
        return scope.warnings().total();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            cursor.close();
            scope.releaseMemory();
        }
    }
}
