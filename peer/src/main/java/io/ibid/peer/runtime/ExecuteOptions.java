package io.ibid.peer.runtime;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How one statement is run.
 *
 * @param strict how fields without a declaration are typed; null: as the parameters say
 * @param timeoutMs after which it fails; 0: as {@code dql_request_timeout_seconds} says
 * @param cancelled asked now and then; true ends the statement with {@code query/execution}
 * @param caller on whose behalf
 */
public record ExecuteOptions(@Nullable Boolean strict, long timeoutMs, BooleanSupplier cancelled, Caller caller) {

    /** All as the parameters say. */
    public static final ExecuteOptions STANDARD = new ExecuteOptions(null, 0, () -> false, Caller.SDK);

    /** Strict mode off whatever the parameters say. */
    public static final ExecuteOptions FLEXIBLE = new ExecuteOptions(false, 0, () -> false, Caller.SDK);

    /** Without a way to cancel. */
    public ExecuteOptions(boolean strict, long timeoutMs) {
        this(strict, timeoutMs, () -> false, Caller.SDK);
    }
}
