package io.ibid.core.database;

import io.ibid.core.store.Decided;
import io.ibid.core.store.Decision;

/** One decision in the queue for the writer turn, with whom to tell. */
public interface Write {

    /** Who wants to write, for the log. */
    String who();

    /** What to decide. Run once, by a holder of the turn. */
    Decision decision();

    /**
     * Whether a holder before it may run the decision in passing ({@link Database#serve}). Such a decision is short and does not care
     * for its thread.
     */
    boolean isShared();

    /** The turn is this write's now, and nobody has run its decision: its owner must {@link Database#serve}. Any thread; must not block. */
    void granted();

    /**
     * Loop. Takes the turn away from an owner who has done nothing with it for so long; true when it is taken, and to be released.
     */
    default boolean expire(long idleMs) {
        return false;
    }

    /** Loop. The outcome is durable and, for a commit, published. Called once. */
    void done(Decided decided);
}
