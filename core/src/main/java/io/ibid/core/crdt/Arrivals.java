package io.ibid.core.crdt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The event table of a document: at which local commit each dot that still has a cell arrived here. Local knowledge that is never
 * sent; it answers "what is new since my commit C". A whole event arrives at once, so a document has one to four entries as a
 * rule, however many fields it has. Sorted by dot, immutable.
 */
public final class Arrivals {

    /** The commit of a dot that is written but not committed yet: after everything. */
    public static final long PENDING = Long.MAX_VALUE;

    public static final Arrivals NONE = new Arrivals(new Dot[0], new long[0]);

    private final Dot[] dots;
    private final long[] commits;

    private Arrivals(Dot[] dots, long[] commits) {
        this.dots = dots;
        this.commits = commits;
    }

    /**
     * Takes over the two parallel arrays.
     *
     * @throws IllegalArgumentException unless the dots ascend strictly
     */
    public static Arrivals ofSorted(Dot[] dots, long[] commits) {
        if (dots.length != commits.length) {
            throw new IllegalArgumentException(dots.length + " dots, but " + commits.length + " commits");
        }
        for (int i = 1; i < dots.length; i++) {
            if (dots[i - 1].compareTo(dots[i]) >= 0) {
                throw new IllegalArgumentException("the event table is out of order");
            }
        }
        return new Arrivals(dots, commits);
    }

    public int size() {
        return dots.length;
    }

    public Dot dot(int index) {
        return dots[index];
    }

    public long commit(int index) {
        return commits[index];
    }

    /** The dot's position, or a negative number. */
    public int indexOf(Dot dot) {
        return Arrays.binarySearch(dots, dot);
    }

    /** The commit at which the dot arrived, {@link #PENDING} for a dot that is not here. */
    public long get(Dot dot) {
        if (dots.length == 1) {
            return dots[0].equals(dot) ? commits[0] : PENDING;
        }
        int index = indexOf(dot);
        return index < 0 ? PENDING : commits[index];
    }

    /** The table of exactly the dots that have a cell in the slots; those that are new here arrive with the given commit. */
    Arrivals settled(Slots slots, long commit) {
        Dot[] live = distinctDots(slots);
        long[] arrived = new long[live.length];
        for (int i = 0; i < live.length; i++) {
            long known = get(live[i]);
            arrived[i] = known == PENDING ? commit : known;
        }
        return new Arrivals(live, arrived);
    }

    /** The dots of all cells, each once, sorted. */
    static Dot[] distinctDots(Slots slots) {
        Dot[] found = new Dot[4];
        int n = 0;
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.slot(i);
            for (int j = 0; j < slot.size(); j++) {
                Dot dot = slot.dot(j);
                if (isAmongFirst(found, n, dot)) {
                    continue;
                }
                if (n == found.length) {
                    found = Arrays.copyOf(found, n * 2);
                }
                found[n++] = dot;
            }
        }
        Arrays.sort(found, 0, n);
        int distinct = 0;
        for (int i = 0; i < n; i++) {
            if (distinct == 0 || !found[distinct - 1].equals(found[i])) {
                found[distinct++] = found[i];
            }
        }
        return Arrays.copyOf(found, distinct);
    }

    /** Finds the few dots that make up nearly all documents; the sort takes care of the rest. */
    private static boolean isAmongFirst(Dot[] found, int n, Dot dot) {
        for (int i = Math.min(n, 8) - 1; i >= 0; i--) {
            if (found[i].equals(dot)) {
                return true;
            }
        }
        return n > 8 && found[n - 1].equals(dot);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Arrivals that && Arrays.equals(dots, that.dots) && Arrays.equals(commits, that.commits);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dots) * 31 + Arrays.hashCode(commits);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < dots.length; i++) {
            text.append(i == 0 ? "" : ", ").append(dots[i]).append('@').append(commits[i]);
        }
        return text.append('}').toString();
    }
}
