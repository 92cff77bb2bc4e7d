package io.ibid.core.sync;

/** How far a supplier's partner is, in the supplier's commits. Loop only. */
final class SupplyProgress {
    private long head;
    /** The newest commit that brought something the partner has not brought itself. */
    private long foreign;

    private long acknowledged;
    /** The CUT under way closes what a wider filter has let through. */
    private boolean isReoffering;

    /** The session begins at this head of ours. */
    void begun(long atHead) {
        head = atHead;
        foreign = atHead;
    }

    /** The partner says to have everything up to the commit. */
    void acknowledged(long commit) {
        acknowledged = commit;
        isReoffering = false;
    }

    void published(long commit, boolean isForeign) {
        head = commit;
        if (isForeign) {
            foreign = commit;
        }
    }

    void cut(boolean reoffers) {
        isReoffering |= reoffers;
    }

    /** Whether something happened after the commit that the partner does not know of from itself. */
    boolean isForeignAfter(long commit) {
        return foreign > commit;
    }

    /** The partner has what it acknowledged, and what it has brought itself since. */
    long reached() {
        return foreign <= acknowledged ? head : acknowledged;
    }

    /** Whether the partner has all that it may have now up to the commit, not only what an earlier filter let through. */
    boolean isDelivered(long commit) {
        return reached() >= commit && !isReoffering;
    }
}
