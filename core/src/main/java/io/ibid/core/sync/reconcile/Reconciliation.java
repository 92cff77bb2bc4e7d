package io.ibid.core.sync.reconcile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One side of a reconciliation. The two sides answer each other's ranges until the receiver has nothing left to ask; then it knows which
 * of the supplier's documents it lacks, or has at another version. One use; one thread.
 */
public final class Reconciliation {
    /** Ranges of the first message. */
    private static final int FIRST_RANGES = 32;
    /** Parts that a range is split into. */
    private static final int BRANCHES = 8;
    /** A side that has fewer documents than this in a range lists them. */
    private static final int LEAF = 8;
    /** What is listed at once where the partner has next to nothing. */
    private static final int LISTED_MAX = 1_000;
    /** Ranges and items of one message; the rest is summed up and has its turn later. */
    private static final int ANSWER_MAX = 8_000;

    private final ItemSet own;
    private final boolean isReceiver;
    private final SortedSet<Long> wanted = new TreeSet<>();
    private final SortedSet<Long> surplus = new TreeSet<>();

    /** @param isReceiver whether this side is the one that wants to know */
    public Reconciliation(ItemSet own, boolean isReceiver) {
        this.own = own;
        this.isReceiver = isReceiver;
    }

    /** Receiver: the place hashes of the supplier's documents that are not here, or at another version. */
    public SortedSet<Long> wanted() {
        return Collections.unmodifiableSortedSet(wanted);
    }

    /** Receiver: the place hashes of the documents here that the supplier lacks, or has at another version. */
    public SortedSet<Long> surplus() {
        return Collections.unmodifiableSortedSet(surplus);
    }

    /** The first message, once it is known that the whole sets differ. */
    public List<Range> open() {
        Answer answer = new Answer();
        split(answer, 0, own.size(), Place.END, FIRST_RANGES);
        return answer.ranges;
    }

    /**
     * The answer to a message; empty when everything is settled.
     *
     * @throws IllegalArgumentException when the ranges cannot be of a partner that follows the rules
     */
    public List<Range> answer(List<Range> ranges) {
        Answer answer = new Answer();
        Place start = Place.START;
        int from = 0;
        for (Range range : ranges) {
            if (range.end().compareTo(start) < 0) {
                throw new IllegalArgumentException("ranges that are not in order");
            }
            int to = own.indexOf(range.end());
            if (answer.size > ANSWER_MAX && !(range.summary() instanceof Range.Settled)) {
                answer.add(Place.END, new Range.Sum(own.fingerprint(from, own.size())));
                break;
            }
            answer(answer, range, start, from, to);
            start = range.end();
            from = to;
        }
        return answer.isSettled() ? List.of() : answer.ranges;
    }

    private void answer(Answer answer, Range range, Place start, int from, int to) {
        Place end = range.end();
        switch (range.summary()) {
            case Range.Settled settled -> answer.add(end, Range.SETTLED);
            case Range.Sum(Fingerprint theirs) -> {
                if (theirs.equals(own.fingerprint(from, to))) {
                    answer.add(end, Range.SETTLED);
                } else if (theirs.count() == 0) {
                    meet(answer, List.of(), start, end, from, to);
                } else if (to - from < LEAF) {
                    answer.add(end, new Range.Listing(own.items(from, to)));
                } else {
                    split(answer, from, to, end, BRANCHES);
                }
            }
            case Range.Listing(List<Item> theirs) -> meet(answer, theirs, start, end, from, to);
        }
    }

    /** All that the partner has in a range is known: the receiver notes the differences, the supplier tells what it has itself. */
    private void meet(Answer answer, List<Item> theirs, Place start, Place end, int from, int to) {
        if (isReceiver) {
            compare(theirs, start, end, from, to);
            answer.add(end, Range.SETTLED);
        } else if (to - from > LISTED_MAX) {
            split(answer, from, to, end, BRANCHES);
        } else {
            List<Item> mine = own.items(from, to);
            answer.add(end, mine.equals(theirs) ? Range.SETTLED : new Range.Listing(mine));
        }
    }

    private void compare(List<Item> theirs, Place start, Place end, int from, int to) {
        Set<Item> mine = new LinkedHashSet<>(own.items(from, to));
        for (Item item : theirs) {
            if (item.place().compareTo(start) < 0 || item.place().compareTo(end) >= 0) {
                throw new IllegalArgumentException("an item outside its range");
            }
            if (!mine.remove(item)) {
                wanted.add(item.place().hash());
            }
        }
        mine.forEach(item -> surplus.add(item.place().hash()));
    }

    /** Sums of about equal parts; what is small, and what cannot be parted, is listed at once. */
    private void split(Answer answer, int from, int to, Place end, int parts) {
        if (boundary(from + Math.max(1, (to - from) / parts), to) >= to) {
            answer.add(end, new Range.Listing(own.items(from, to)));
            return;
        }
        int begin = from;
        for (int part = 1; part <= parts && begin < to; part++) {
            int next = part == parts
                    ? to
                    : Math.max(boundary(from + (int) ((long) (to - from) * part / parts), to), begin);
            if (next > begin) {
                Place partEnd = next == to ? end : Place.between(own.place(next - 1), own.place(next));
                answer.add(
                        partEnd,
                        next - begin < LEAF / 2
                                ? new Range.Listing(own.items(begin, next))
                                : new Range.Sum(own.fingerprint(begin, next)));
                begin = next;
            }
        }
    }

    /** The next index, or the end, where a new place begins: equal places cannot be told apart by a boundary. */
    private int boundary(int index, int to) {
        int at = index;
        while (at > 0 && at < to && own.place(at - 1).equals(own.place(at))) {
            at++;
        }
        return at;
    }

    /** A message in the making. */
    private static final class Answer {
        final List<Range> ranges = new ArrayList<>();
        int size;

        void add(Place end, Range.Summary summary) {
            if (summary instanceof Range.Settled
                    && !ranges.isEmpty()
                    && ranges.getLast().summary() instanceof Range.Settled) {
                ranges.removeLast();
            }
            ranges.add(new Range(end, summary));
            size += summary instanceof Range.Listing(List<Item> items) ? items.size() + 1 : 1;
        }

        boolean isSettled() {
            return ranges.stream().allMatch(range -> range.summary() instanceof Range.Settled);
        }
    }
}
