package io.ibid.peer.runtime;

import io.ibid.core.database.Database;
import io.ibid.core.database.Turn;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Decision;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes on behalf of the calling thread: it waits for the turn, decides and writes on that thread, gives the turn back and waits for
 * the disk, leading the sync itself when nobody else does.
 */
final class LocalWriter {
    private final Database database;
    private final Loop loop;
    private final SyncLane syncs;

    LocalWriter(Database database, Loop loop, SyncLane syncs) {
        this.database = database;
        this.loop = loop;
        this.syncs = syncs;
    }

    /**
     * Runs one decision to its durable end. Not to be called from a task of the loop.
     *
     * @param who writes, for the log
     */
    Outcome write(String who, Decision decision) {
        Waiter waiter = new Waiter(Thread.currentThread());
        loop.runSoon(() -> database.requestTurn(who, waiter::grant));
        waiter.awaitGrant();
        Turn turn = database.perform(decision);
        syncs.releaseAndLead(() -> database.release(turn, waiter::complete));
        return waiter.awaitOutcome(syncs);
    }

    /**
     * How a write ended.
     *
     * @param commitId its commit, or the newest one when it changed nothing
     * @param failure null when it is durable
     */
    record Outcome(long commitId, @Nullable Throwable failure) {}

    /** One waiting caller; fields are set on the loop and read by the caller. */
    private static final class Waiter {
        private final Thread thread;
        private volatile boolean granted;
        private volatile @Nullable Outcome outcome;

        Waiter(Thread thread) {
            this.thread = thread;
        }

        void grant() {
            granted = true;
            wake();
        }

        void complete(Decided decided) {
            outcome = switch (decided) {
                case Decided.Committed committed ->
                    new Outcome(committed.commit().id(), null);
                case Decided.NothingToDo nothing -> new Outcome(nothing.headCommit(), null);
                case Decided.Needed needed ->
                    new Outcome(0, new AssertionError("a local write was answered like a unit: " + needed));
                case Decided.Failed failed -> new Outcome(0, failed.cause());
            };
            wake();
        }

        private void wake() {
            if (Thread.currentThread() != thread) {
                LockSupport.unpark(thread);
            }
        }

        void awaitGrant() {
            boolean interrupted = false;
            while (!granted) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                thread.interrupt();
            }
        }

        Outcome awaitOutcome(SyncLane syncs) {
            boolean interrupted = false;
            Outcome result = outcome;
            while (result == null) {
                if (!syncs.help()) {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted();
                }
                result = outcome;
            }
            if (interrupted) {
                thread.interrupt();
            }
            return result;
        }
    }
}
