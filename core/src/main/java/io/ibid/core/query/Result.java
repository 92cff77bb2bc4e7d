package io.ibid.core.query;

import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an execution yields. A SELECT that needs no sort computes its rows while they are asked for, so it holds its snapshot and
 * can still fail until it is closed; a mutation has done all its work when the result is there. Confined to one caller.
 */
public interface Result extends AutoCloseable {

    StatementKind kind();

    /** The next row, or null after the last one. */
    @Nullable
    ResultRow next();

    /** The rows that are left. */
    List<ResultRow> rest();

    /** The ids that a mutation wrote, in order; empty for anything else. */
    List<Value> mutatedIds();

    /** At most ten; complete after the last row. */
    List<Warning> warnings();

    /** How many there were, including those that {@link #warnings} leaves out; complete after the last row. */
    long warningsTotal();

    @Override
    void close();
}
