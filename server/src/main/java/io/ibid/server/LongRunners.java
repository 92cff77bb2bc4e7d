package io.ibid.server;

import java.util.concurrent.Semaphore;

/**
 * Shares the processors between long statements and everything else. A statement runs freely for some milliseconds, enough for most;
 * then it needs one of a few permits to go on, and gives it to the next one now and then. So eight scans take turns on one processor
 * of two, and the other stays free for short statements, sessions and {@code /health}.
 */
final class LongRunners {
    private static final long FREE_NANOS = 20_000_000;
    private static final long TURN_NANOS = 100_000_000;

    private final Semaphore permits;

    LongRunners(int processors) {
        permits = new Semaphore(Math.max(1, processors - 1), true);
    }

    /** The pace of one statement that begins now; confined to its thread. */
    Pace begin() {
        return new Pace();
    }

    final class Pace implements AutoCloseable {
        private boolean permitted;
        private long turnEnds = System.nanoTime() + FREE_NANOS;

        private Pace() {}

        /** Called now and then; waits when it is not this statement's turn. */
        void keep() {
            long now = System.nanoTime();
            if (now < turnEnds) {
                return;
            }
            if (permitted) {
                permits.release();
            }
            permits.acquireUninterruptibly();
            permitted = true;
            turnEnds = System.nanoTime() + TURN_NANOS;
        }

        @Override
        public void close() {
            if (permitted) {
                permits.release();
                permitted = false;
            }
        }
    }
}
