package io.ibid.core.query;

/** A memory bound and nothing else. */
final class FixedLimits implements Limits {
    private final long nowMs;
    private final long memoryBytesMax;
    private long memoryBytes;

    FixedLimits(long nowMs, long memoryBytesMax) {
        this.nowMs = nowMs;
        this.memoryBytesMax = memoryBytesMax;
    }

    @Override
    public void check() {}

    @Override
    public boolean reserve(long bytes) {
        if (memoryBytes + bytes > memoryBytesMax) {
            return false;
        }
        memoryBytes += bytes;
        return true;
    }

    @Override
    public void release(long bytes) {
        memoryBytes -= bytes;
    }

    @Override
    public long nowMs() {
        return nowMs;
    }
}
