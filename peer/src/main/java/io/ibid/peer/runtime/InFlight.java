package io.ibid.peer.runtime;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Counts the calls that are under way, so that close can let them end and refuse new ones. Any thread. */
final class InFlight {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private int calls;
    private boolean closed;

    /** Begins a call, or throws what {@code refusal} gives once closed. */
    void enter(Supplier<? extends RuntimeException> refusal) {
        lock.lock();
        try {
            if (closed) {
                throw refusal.get();
            }
            calls++;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a call that {@link #enter} began. */
    void exit() {
        lock.lock();
        try {
            calls--;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets no call begin any more and waits for those that run.
     *
     * @return false when it was closed before
     */
    boolean close(long timeoutMs) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            long leftNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            boolean interrupted = false;
            while (calls > 0 && leftNs > 0) {
                try {
                    leftNs = ended.awaitNanos(leftNs);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
