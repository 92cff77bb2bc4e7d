package io.ibid.core.live;

/** What all live queries of a database may keep together, and one of them alone. Confinement: loop. */
final class KeptMemory {
    private final Bounds bounds;
    private long bytes;

    KeptMemory(Bounds bounds) {
        this.bounds = bounds;
    }

    /** A query's share has changed. False: it is more than there may be, or too much together. */
    boolean changeShare(long before, long after) {
        bytes += after - before;
        return after <= before || (after <= bounds.queryBytesMax() && bytes <= bounds.bytesMax());
    }
}
