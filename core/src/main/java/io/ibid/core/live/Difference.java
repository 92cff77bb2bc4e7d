package io.ibid.core.live;

import java.util.List;

/**
 * How a result differs from an earlier one. A row is the same row as long as it has the same {@code _id}.
 *
 * <p>To make the new list out of the old one: take out what is deleted and what moves away; then, in ascending order, put what is inserted
 * and what moves in at its place in the new list, and replace what is updated. As few rows as possible are moves: a row that is merely
 * pushed along by others is none.
 *
 * @param insertions places in the new list, ascending
 * @param deletions places in the old list, ascending
 * @param updates places in the new list of rows with another content than before, ascending; a row that moved may be among them
 * @param moves in the order of their places in the new list
 */
public record Difference(List<Integer> insertions, List<Integer> deletions, List<Integer> updates, List<Move> moves) {

    /** No difference. */
    public static final Difference NONE = new Difference(List.of(), List.of(), List.of(), List.of());

    public Difference {
        insertions = List.copyOf(insertions);
        deletions = List.copyOf(deletions);
        updates = List.copyOf(updates);
        moves = List.copyOf(moves);
    }

    /**
     * A row that is in another order with the rest than before.
     *
     * @param from its place in the old list
     * @param to its place in the new list
     */
    public record Move(int from, int to) {}
}
