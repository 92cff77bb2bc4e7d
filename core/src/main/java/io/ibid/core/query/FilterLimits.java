package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;

/**
 * What one test of one document may cost. Conditions come from other peers too, and are tested where nobody waits for a single one: a
 * few loops in each other must not keep the device busy. The bounds are fixed, so that all peers come to the same answer.
 */
final class FilterLimits implements Limits {
    private static final int STEPS_MAX = 1_000_000;
    private static final long MEMORY_BYTES_MAX = 16 << 20;

    private int steps;
    private long memoryBytes;

    /** Begins with the next document. */
    void reset() {
        steps = 0;
    }

    @Override
    public void check() {
        if (++steps > STEPS_MAX) {
            throw new IbidException(
                    ErrorCode.QUERY_EXECUTION, "a condition takes more than " + STEPS_MAX + " steps for one document");
        }
    }

    @Override
    public boolean reserve(long bytes) {
        memoryBytes += bytes;
        return memoryBytes <= MEMORY_BYTES_MAX;
    }

    @Override
    public void release(long bytes) {
        memoryBytes -= bytes;
    }

    @Override
    public long nowMs() {
        return 0;
    }
}
