package io.ibid.core.store;

/**
 * What a decision means for this node alone; it is written in the batch of the change, but is no part of what replicas agree on.
 *
 * @param lease the time up to which the hybrid clock may run without another lease, 0: as it is
 * @param epoch the epoch that this store writes under from now on, -1: as it is; a new one makes all stubs obsolete
 */
public record NodeEffects(long lease, long epoch) {

    /** Nothing. */
    public static final NodeEffects NONE = new NodeEffects(0, -1);

    boolean startsEpoch() {
        return epoch >= 0;
    }
}
