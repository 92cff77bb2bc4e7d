package io.ibid.server;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The memory that the bodies of all requests may take together: a sixteenth of the heap, as parsing makes a multiple of them. Small
 * bodies count for nothing. Who finds no room waits for a moment and is told to come back then.
 */
final class BodyBudget {
    private static final int FREE_BYTES = 64 * 1024;
    private static final int UNIT_BYTES = 1024;
    private static final long WAIT_MS = 5_000;

    private final Semaphore units;
    private final long waitMs;

    /** @param bytesMax at least as much as one body may have */
    BodyBudget(long bytesMax, long waitMs) {
        this.units = new Semaphore((int) Math.min(Integer.MAX_VALUE, bytesMax / UNIT_BYTES), true);
        this.waitMs = waitMs;
    }

    static BodyBudget ofHeap(Limits limits) {
        return new BodyBudget(
                Math.max(
                        limits.bodyBytesMax() + UNIT_BYTES, Runtime.getRuntime().maxMemory() / 16),
                WAIT_MS);
    }

    /** The share of one request; confined to its thread. */
    Share share() {
        return new Share();
    }

    final class Share implements AutoCloseable {
        private int taken;

        private Share() {}

        /**
         * Makes sure that a buffer of this size is paid for.
         *
         * @throws Refusal 503 when there is no room
         */
        void cover(int bytes) throws InterruptedException {
            int wanted = bytes <= FREE_BYTES ? 0 : bytes / UNIT_BYTES;
            if (wanted > taken) {
                if (!units.tryAcquire(wanted - taken, waitMs, TimeUnit.MILLISECONDS)) {
                    throw new Failure(
                                    503,
                                    "http/unavailable",
                                    "too many large bodies are being read; try again in a moment")
                            .with("Retry-After", "1")
                            .refusal();
                }
                taken = wanted;
            }
        }

        @Override
        public void close() {
            units.release(taken);
            taken = 0;
        }
    }
}
