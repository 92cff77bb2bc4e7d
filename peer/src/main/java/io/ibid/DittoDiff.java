package io.ibid;

import io.ibid.core.live.Difference;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a result differs from the one before it. An item is the same item as long as it has the same {@code _id}; items without one are told
 * apart by their whole content. Immutable.
 *
 * <p>To make the new list out of the old one: take out what is deleted and what moves away; then, in ascending order, put what is inserted
 * and what moves in at its index in the new list, and replace what is updated. An item that is merely pushed along by others is no move.
 */
public final class DittoDiff {
    private final Set<Integer> insertions;
    private final Set<Integer> deletions;
    private final Set<Integer> updates;
    private final List<Move> moves;

    /** No difference. */
    public DittoDiff() {
        this(Difference.NONE);
    }

    DittoDiff(Difference difference) {
        insertions = set(difference.insertions());
        deletions = set(difference.deletions());
        updates = set(difference.updates());
        moves = difference.moves().stream()
                .map(move -> new Move(move.from(), move.to()))
                .toList();
    }

    private static Set<Integer> set(List<Integer> indices) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(indices));
    }

    /** Indices in the new list, ascending. */
    public Set<Integer> getInsertions() {
        return insertions;
    }

    /** Indices in the old list, ascending. */
    public Set<Integer> getDeletions() {
        return deletions;
    }

    /** Indices in the new list of items with another content than before, ascending; also of such that moved. */
    public Set<Integer> getUpdates() {
        return updates;
    }

    /** Items that are in another order with the others than before, by their indices in the new list. */
    public List<Move> getMoves() {
        return moves;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoDiff that
                && insertions.equals(that.insertions)
                && deletions.equals(that.deletions)
                && updates.equals(that.updates)
                && moves.equals(that.moves);
    }

    @Override
    public int hashCode() {
        return Objects.hash(insertions, deletions, updates, moves);
    }

    @Override
    public String toString() {
        return "DittoDiff(insertions=" + insertions + ", deletions=" + deletions + ", updates=" + updates + ", moves="
                + moves + ")";
    }

    /** An item that went from one index to another. */
    public static final class Move {
        private final int from;
        private final int to;

        Move(int from, int to) {
            this.from = from;
            this.to = to;
        }

        /** The index in the old list. */
        public int getFrom() {
            return from;
        }

        /** The index in the new list. */
        public int getTo() {
            return to;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Move that && from == that.from && to == that.to;
        }

        @Override
        public int hashCode() {
            return 31 * from + to;
        }

        @Override
        public String toString() {
            return from + "->" + to;
        }
    }
}
