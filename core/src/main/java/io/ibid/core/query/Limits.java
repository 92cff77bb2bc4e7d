package io.ibid.core.query;

import io.ibid.core.value.Value;
import java.util.function.Supplier;

/**
 * What bounds one execution, and its moment. Confined to the execution it is given to.
 */
public interface Limits {

    /**
     * Called for every row and in every long loop, so it must cost a few nanoseconds.
     *
     * @throws io.ibid.core.error.IbidException with {@code query/execution} when the statement was cancelled or its time is over
     */
    void check();

    /** Takes memory for a sort, a group or a result that cannot stream; false when the statement or the process may not have more. */
    boolean reserve(long bytes);

    /** Gives back what {@link #reserve} took. */
    void release(long bytes);

    /** What {@code clock()} answers: milliseconds since 1970, the same during one execution. */
    long nowMs();

    /** Nanoseconds from some moment on, for profiles; as long as nobody measures, {@link #nowMs}. */
    default long nanoTime() {
        return nowMs() * 1_000_000;
    }

    /**
     * Told how the statement is run, for those who look at running requests.
     *
     * @param plan makes the tree that EXPLAIN shows, without estimates; may be called later, by any thread
     */
    default void planned(Supplier<Value.Struct> plan) {}

    /** Where the statement comes from, for profiles. */
    default Origin origin() {
        return Origin.UNKNOWN;
    }

    /**
     * Where a statement comes from.
     *
     * @param requestType {@code SDK} or {@code http_api}
     * @param requestId its {@code _id} in {@code system:active_requests}; empty when nobody keeps account of it
     * @param parseNs how long it took to parse it; 0 when it was known already
     */
    record Origin(String databaseId, String requestType, String requestId, long parseNs) {
        public static final Origin UNKNOWN = new Origin("", "SDK", "", 0);
    }

    /** No deadline, the given memory; nowMs is passed in because core reads no clock by itself. */
    static Limits of(long nowMs, long memoryBytesMax) {
        return new FixedLimits(nowMs, memoryBytesMax);
    }
}
