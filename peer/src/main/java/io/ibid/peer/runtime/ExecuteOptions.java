package io.ibid.peer.runtime;

import io.ibid.core.query.StatementOptions;
import java.util.function.BooleanSupplier;

/**
 * How one statement is run.
 *
 * @param statement typing and other binding options
 * @param timeoutMs after which it fails; 0: never
 * @param cancelled asked now and then; true ends the statement with {@code query/execution}
 */
public record ExecuteOptions(StatementOptions statement, long timeoutMs, BooleanSupplier cancelled) {

    /** Strict mode off, no timeout. */
    public static final ExecuteOptions FLEXIBLE = new ExecuteOptions(StatementOptions.FLEXIBLE, 0, () -> false);

    /** Without a way to cancel. */
    public ExecuteOptions(boolean strict, long timeoutMs) {
        this(strict ? StatementOptions.STRICT : StatementOptions.FLEXIBLE, timeoutMs, () -> false);
    }
}
