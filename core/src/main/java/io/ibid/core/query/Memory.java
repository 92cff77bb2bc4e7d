package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.query.syntax.QueryException;

/**
 * Accounts for what the operators of one execution keep in memory: sorts, groups and DISTINCT share one budget. The figures are
 * estimates of heap bytes; they are meant to stop a statement before it stops the process, not to be exact.
 */
final class Memory {
    /** Takes from the limits in steps, because they may be shared and so cost more to ask than a counter. */
    private static final long STEP_BYTES = 64 * 1024;

    private final Limits limits;
    private long reservedBytes;
    private long usedBytes;

    Memory(Limits limits) {
        this.limits = limits;
    }

    /** Accounts for more bytes; the operator and the remedy are for the message. */
    void grow(long bytes, String operator, String remedy) {
        usedBytes += bytes;
        if (usedBytes > reservedBytes) {
            long step = Math.max(STEP_BYTES, usedBytes - reservedBytes);
            if (!limits.reserve(step)) {
                throw QueryException.unplaced(
                        ErrorCode.QUERY_EVALUATION,
                        operator + " needs more memory than a statement may use; " + remedy
                                + ", or raise dql_statement_memory_mb");
            }
            reservedBytes += step;
        }
    }

    void shrink(long bytes) {
        usedBytes -= bytes;
    }

    void releaseAll() {
        limits.release(reservedBytes);
        reservedBytes = 0;
        usedBytes = 0;
    }
}
