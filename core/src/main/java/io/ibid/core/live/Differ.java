package io.ibid.core.live;

import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares each result of a query with the one before it, which it keeps. Confinement: one thread at a time.
 *
 * <p>Rows are told apart by their {@code _id}. A row without one, as a projection or an aggregate may have it, is its whole content: it
 * is inserted and deleted, but never updated. Rows that two results share as objects are not looked into, so that a change of one row in
 * a large result costs little more than walking over it.
 */
public final class Differ {
    private List<ResultRow> previous = List.of();

    /** What has changed since the last call; at the first call everything is inserted. */
    public Difference difference(List<ResultRow> rows) {
        List<ResultRow> old = previous;
        previous = List.copyOf(rows);
        return between(old, previous);
    }

    /** How the new rows differ from the old ones. */
    static Difference between(List<ResultRow> old, List<ResultRow> rows) {
        int start = 0;
        int shorter = Math.min(old.size(), rows.size());
        while (start < shorter && isSame(old.get(start), rows.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && isSame(old.get(old.size() - 1 - end), rows.get(rows.size() - 1 - end))) {
            end++;
        }
        return start == old.size() && start == rows.size()
                ? Difference.NONE
                : new Comparison(old, rows, start, end).difference();
    }

    @SuppressWarnings("ReferenceEquality") // whether nothing has to be looked into
    private static boolean isSame(ResultRow a, ResultRow b) {
        return a == b;
    }

    /** One comparison of what is left between equal beginnings and ends. */
    private static final class Comparison {
        private static final int NONE = -1;

        private final List<ResultRow> old;
        private final List<ResultRow> rows;
        private final int start;
        private final int oldEnd;
        private final int end;
        private final Map<Value, Deque<Integer>> oldPlaces = new LinkedHashMap<>();
        private final List<Integer> insertions = new ArrayList<>();
        private final List<Integer> updates = new ArrayList<>();
        /** Rows of both lists in the order of the new one: their places in the new list, and in the old one. */
        private final List<Integer> keptPlaces = new ArrayList<>();

        private final List<Integer> keptFrom = new ArrayList<>();

        Comparison(List<ResultRow> old, List<ResultRow> rows, int start, int equalAtEnd) {
            this.old = old;
            this.rows = rows;
            this.start = start;
            this.oldEnd = old.size() - equalAtEnd;
            this.end = rows.size() - equalAtEnd;
        }

        Difference difference() {
            for (int place = start; place < oldEnd; place++) {
                oldPlaces
                        .computeIfAbsent(identity(old.get(place)), unused -> new ArrayDeque<>(1))
                        .add(place);
            }
            for (int place = start; place < end; place++) {
                match(place);
            }
            List<Integer> deletions = new ArrayList<>();
            oldPlaces.values().forEach(deletions::addAll);
            deletions.sort(null);
            return new Difference(insertions, deletions, updates, moves());
        }

        private void match(int place) {
            ResultRow row = rows.get(place);
            Deque<Integer> places = oldPlaces.get(identity(row));
            Integer from = places == null ? null : places.poll();
            if (from == null) {
                insertions.add(place);
                return;
            }
            keptPlaces.add(place);
            keptFrom.add(from);
            if (!isSame(old.get(from), row) && !old.get(from).value().equals(row.value())) {
                updates.add(place);
            }
        }

        private static Value identity(ResultRow row) {
            Value id = row.identity();
            return id instanceof Value.Missing ? row.value() : id;
        }

        /** All kept rows but a longest sequence of those whose order is the old one. */
        private List<Difference.Move> moves() {
            boolean[] stays = longestRise();
            List<Difference.Move> moves = new ArrayList<>();
            for (int i = 0; i < stays.length; i++) {
                if (!stays[i]) {
                    moves.add(new Difference.Move(keptFrom.get(i), keptPlaces.get(i)));
                }
            }
            return moves;
        }

        /** Marks a longest rising subsequence of the old places, found by patience sorting in {@code n log n}. */
        private boolean[] longestRise() {
            int size = keptFrom.size();
            int[] lastOfLength = new int[size];
            int[] before = new int[size];
            int length = 0;
            for (int i = 0; i < size; i++) {
                int low = 0;
                int high = length;
                while (low < high) {
                    int middle = (low + high) >>> 1;
                    if (keptFrom.get(lastOfLength[middle]) < keptFrom.get(i)) {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                before[i] = low == 0 ? NONE : lastOfLength[low - 1];
                lastOfLength[low] = i;
                length = Math.max(length, low + 1);
            }
            boolean[] rises = new boolean[size];
            for (int i = length == 0 ? NONE : lastOfLength[length - 1]; i != NONE; i = before[i]) {
                rises[i] = true;
            }
            return rises;
        }
    }
}
