package io.ibid.peer.runtime;

import io.ibid.core.database.Database;
import io.ibid.core.database.Write;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Decision;
import io.ibid.core.store.Proposal;
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
     * Runs one short decision to its durable end, in whatever thread has the turn. Not to be called from a task of the loop.
     *
     * @param who writes, for the log
     */
    Outcome write(String who, Decision decision) {
        Waiter waiter = new Waiter(Thread.currentThread(), who, decision);
        database.request(waiter);
        waiter.awaitTurn();
        if (waiter.granted) {
            lead(waiter);
        }
        return waiter.awaitOutcome(syncs);
    }

    /** As {@link #write}, in this thread, with the turn for as long as the lease lasts. */
    Outcome write(String who, Lease lease, Decision decision) {
        Waiter waiter = new Waiter(Thread.currentThread(), who, lease, decision);
        database.request(waiter);
        waiter.awaitTurn();
        if (waiter.granted) {
            Decision decided = decidedHere(decision);
            lease.finish();
            waiter.decision = decided;
            lead(waiter);
        }
        return waiter.awaitOutcome(syncs);
    }

    /** Decides now what is performed later; whoever may take the turn away does so before that. */
    private Decision decidedHere(Decision decision) {
        try {
            Proposal proposal = decision.decide(database.store().head());
            return head -> proposal;
        } catch (Throwable e) { // of the callback's own making; the turn has to go on to others
            return head -> {
                throw Thrown.again(e);
            };
        }
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
        private final @Nullable Lease lease;
        private final boolean isShared;
        private Decision decision;
        private volatile boolean granted;
        private volatile @Nullable Outcome outcome;

        Waiter(Thread thread, String who, Decision decision) {
            this.thread = thread;
            this.who = who;
            this.lease = null;
            this.isShared = true;
            this.decision = decision;
        }

        Waiter(Thread thread, String who, Lease lease, Decision decision) {
            this.thread = thread;
            this.who = who;
            this.lease = lease;
            this.isShared = false;
            this.decision = decision;
        }

        @Override
        public boolean expire(long idleMs) {
            return lease != null && lease.expire(idleMs);
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
