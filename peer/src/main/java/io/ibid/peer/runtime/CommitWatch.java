package io.ibid.peer.runtime;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Who waits for which commit to be published. Any thread. */
final class CommitWatch {
    private record Waiter(long commitId, CountDownLatch woken) {}

    private final LongSupplier newest;
    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    /** @param newest gives the newest published commit, or throws when there is none any more */
    CommitWatch(LongSupplier newest) {
        this.newest = newest;
    }

    /** A commit is visible now. */
    void published(long commitId) {
        for (Waiter waiter : waiters) {
            if (waiter.commitId <= commitId) {
                waiter.woken.countDown();
            }
        }
    }

    /** Nothing will be published any more. */
    void close() {
        published(Long.MAX_VALUE);
    }

    /**
     * Waits until a commit is published.
     *
     * @return false when the time is over before
     * @throws IbidException {@code query/execution} when the thread is interrupted, {@code store/closed} when the database is closed
     */
    boolean await(long commitId, long timeoutMs) {
        if (newest.getAsLong() >= commitId) {
            return true;
        }
        Waiter waiter = new Waiter(commitId, new CountDownLatch(1));
        waiters.add(waiter);
        try {
            // Once more, because it may have been published just before anybody knew of the waiter.
            if (newest.getAsLong() < commitId) {
                waiter.woken.await(timeoutMs, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IbidException(
                    ErrorCode.QUERY_EXECUTION, "The thread that waited for a commit was interrupted", e);
        } finally {
            waiters.remove(waiter);
        }
        return newest.getAsLong() >= commitId;
    }
}
