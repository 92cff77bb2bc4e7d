package io.ibid.peer.runtime;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The memory that all running statements of a database share. Any thread. */
final class MemoryPool {
    private final LongSupplier bytesMax;
    private final AtomicLong reserved = new AtomicLong();

    /** @param bytesMax asked at each reservation; 0: a quarter of the heap */
    MemoryPool(LongSupplier bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Takes some; false when there is not so much left. */
    boolean reserve(long bytes) {
        long max = bytesMax.getAsLong();
        if (reserved.addAndGet(bytes) > (max == 0 ? Runtime.getRuntime().maxMemory() / 4 : max)) {
            reserved.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    /** What is taken now. */
    long reservedBytes() {
        return reserved.get();
    }
}
