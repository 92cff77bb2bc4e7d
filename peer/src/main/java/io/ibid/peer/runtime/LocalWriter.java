package io.ibid.peer.runtime;

import io.ibid.core.database.Database;
import io.ibid.core.database.Write;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Decision;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes on behalf of the calling thread. With the turn, the caller decides and writes, goes on with the single statements of other
 * callers that wait behind it, and when there are none, takes the sync itself unless somebody else does. Or another caller has run its
 * statement in passing, and only the outcome is left to wait for.
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
    Outcome write(String who, Manner manner, Decision decision) {
        Waiter waiter = new Waiter(Thread.currentThread(), who, manner == Manner.SHARED, decision);
        database.request(waiter);
        waiter.awaitTurn();
        if (waiter.granted) {
            lead(waiter);
        }
        return waiter.awaitOutcome(syncs);
    }

    private void lead(Waiter waiter) {
        // A caller that was interrupted is no reason to disturb the statements of others.
        boolean interrupted = Thread.interrupted();
        database.serve(waiter, (settle, isOnly) -> {
            if (isOnly) {
                syncs.settleAndLead(settle);
            } else {
                loop.runSoon(settle);
            }
        });
        database.release();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who may run a decision. */
    enum Manner {
        /** Its own caller only. */
        OWN_THREAD,
        /** Any caller that has the turn. */
        SHARED
    }

    /**
     * How a write ended.
     *
     * @param commitId its commit, or the newest one when it changed nothing
     * @param failure null when it is durable
     */
    record Outcome(long commitId, @Nullable Throwable failure) {}

    /** One waiting caller; told by other threads, read by the caller. */
    private static final class Waiter implements Write {
        private final Thread thread;
        private final String who;
        private final boolean isShared;
        private final Decision decision;
        private volatile boolean granted;
        private volatile @Nullable Outcome outcome;

        Waiter(Thread thread, String who, boolean isShared, Decision decision) {
            this.thread = thread;
            this.who = who;
            this.isShared = isShared;
            this.decision = decision;
        }

        @Override
        public String who() {
            return who;
        }

        @Override
        public Decision decision() {
            return decision;
        }

        @Override
        public boolean isShared() {
            return isShared;
        }

        @Override
        public void granted() {
            granted = true;
            wake();
        }

        @Override
        public void done(Decided decided) {
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

        /** Until it is its turn, or it needs none any more. */
        void awaitTurn() {
            boolean interrupted = false;
            while (!granted && outcome == null) {
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
