package io.ibid.core.crdt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one path and type, by ascending dot: one as a rule, several after concurrent writes ("siblings") until a later
 * write that has seen them replaces them. Never empty. Immutable.
 */
public final class Slot {

    private final Dot[] dots;
    private final Cell[] cells;

    private Slot(Dot[] dots, Cell[] cells) {
        this.dots = dots;
        this.cells = cells;
    }

    public static Slot of(Dot dot, Cell cell) {
        return new Slot(new Dot[] {dot}, new Cell[] {cell});
    }

    /** As {@link #of(Dot, Cell)}, with an array of one dot that all slots of an event share. */
    static Slot of(Dot[] onlyDot, Cell cell) {
        return new Slot(onlyDot, new Cell[] {cell});
    }

    /**
     * Takes over the two parallel arrays.
     *
     * @throws IllegalArgumentException unless there is a cell and the dots ascend strictly
     */
    public static Slot ofSorted(Dot[] dots, Cell[] cells) {
        if (dots.length == 0 || dots.length != cells.length) {
            throw new IllegalArgumentException("a slot of " + dots.length + " dots and " + cells.length + " cells");
        }
        for (int i = 1; i < dots.length; i++) {
            if (dots[i - 1].compareTo(dots[i]) >= 0) {
                throw new IllegalArgumentException("the dots of a slot are out of order");
            }
        }
        return new Slot(dots, cells);
    }

    /** Number of cells. */
    public int size() {
        return dots.length;
    }

    public Dot dot(int index) {
        return dots[index];
    }

    public Cell cell(int index) {
        return cells[index];
    }

    /** The cell of this dot, or null. */
    public @Nullable Cell cell(Dot dot) {
        int index = Arrays.binarySearch(dots, dot);
        return index < 0 ? null : cells[index];
    }

    /** The position of the live cell with the greatest dot, which is what a reader is shown; -1 when only removals are left. */
    public int winner() {
        for (int i = dots.length - 1; i >= 0; i--) {
            if (!(cells[i] instanceof Cell.Tomb)) {
                return i;
            }
        }
        return -1;
    }

    public boolean isLive() {
        return winner() >= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Slot that && Arrays.equals(dots, that.dots) && Arrays.equals(cells, that.cells));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dots) * 31 + Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < dots.length; i++) {
            text.append(i == 0 ? "" : ", ").append(dots[i]).append(": ").append(cells[i]);
        }
        return text.append('}').toString();
    }

    /** Collects cells in ascending order of their dots. */
    static final class Builder {
        private Dot[] dots = new Dot[4];
        private Cell[] cells = new Cell[4];
        private int size;

        void append(Dot dot, Cell cell) {
            if (size == dots.length) {
                dots = Arrays.copyOf(dots, size * 2);
                cells = Arrays.copyOf(cells, size * 2);
            }
            dots[size] = dot;
            cells[size++] = cell;
        }

        int size() {
            return size;
        }

        /** The slot, or null when there is no cell. */
        @Nullable
        Slot build() {
            return size == 0 ? null : ofSorted(Arrays.copyOf(dots, size), Arrays.copyOf(cells, size));
        }
    }
}
