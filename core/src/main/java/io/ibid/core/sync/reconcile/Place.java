package io.ibid.core.sync.reconcile;

import java.util.Comparator;

/**
 * Where a document stands in the order of a reconciliation. Recent changes stand together, since they are what peers differ in most.
 * Compared as unsigned numbers.
 *
 * @param time the latest time in the document's version vector
 * @param hash the first eight bytes of the keyed hash of its name
 */
public record Place(long time, long hash) implements Comparable<Place> {

    /** Before everything. */
    public static final Place START = new Place(0, 0);

    /** Behind everything: no document has the greatest time. */
    public static final Place END = new Place(-1, -1);

    private static final Comparator<Place> ORDER = (a, b) -> {
        int order = Long.compareUnsigned(a.time, b.time);
        return order != 0 ? order : Long.compareUnsigned(a.hash, b.hash);
    };

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** The shortest place that lies behind {@code before} and not behind {@code at}, which must follow it. */
    static Place between(Place before, Place at) {
        if (before.time != at.time) {
            return new Place(at.time, 0);
        }
        int shared = Long.numberOfLeadingZeros(before.hash ^ at.hash) / Byte.SIZE;
        long mask = shared == 7 ? -1 : -1L << (7 - shared) * Byte.SIZE;
        return new Place(at.time, at.hash & mask);
    }
}
