package io.ibid.core.query;

/** A condition on one row with its arguments bound. Immutable. */
public interface RowFilter {

    /** Whether the condition is exactly TRUE. */
    boolean matches(Row row);
}
