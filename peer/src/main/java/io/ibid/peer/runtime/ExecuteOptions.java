package io.ibid.peer.runtime;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How one statement is run.
 *
 * @param strict how fields without a declaration are typed; null: as the parameters say
 * @param timeoutMs after which it fails; 0: as {@code dql_request_timeout_seconds} says
 * @param cancelled asked now and then; true ends the statement with {@code query/execution}
 * @param requestType where it comes from, as {@code system:active_requests} shows it
 */
public record ExecuteOptions(@Nullable Boolean strict, long timeoutMs, BooleanSupplier cancelled, String requestType) {

    /** The request type of statements of this process. */
    public static final String SDK = "SDK";

    /** The request type of statements that came over HTTP. */
    public static final String HTTP = "http_api";

    /** All as the parameters say. */
    public static final ExecuteOptions STANDARD = new ExecuteOptions(null, 0, () -> false, SDK);

    /** Strict mode off whatever the parameters say. */
    public static final ExecuteOptions FLEXIBLE = new ExecuteOptions(false, 0, () -> false, SDK);

    /** Without a way to cancel. */
    public ExecuteOptions(boolean strict, long timeoutMs) {
        this(strict, timeoutMs, () -> false, SDK);
    }
}
