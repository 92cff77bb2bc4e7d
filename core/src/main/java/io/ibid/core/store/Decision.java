package io.ibid.core.store;

/**
 * The first half of every change of state. Runs as holder of the writer turn, off the loop; may read the head, the clock and random
 * numbers through it, and nothing that another turn may change.
 */
@FunctionalInterface
public interface Decision {

    /** What to do: a {@link Change}, or the {@link Need} of a unit that cannot be applied. */
    Proposal decide(Head head);
}
