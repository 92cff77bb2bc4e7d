package io.ibid.core.sync.reconcile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The documents of one side, in order, with sums by which the fingerprint of any range is a subtraction. 32 bytes a document, and half a
 * byte for the sums. Immutable.
 */
public final class ItemSet {
    private static final int WIDTH = 4;
    private static final int BLOCK = 32;

    /** Per item: time, hash, high, low. */
    private final long[] cells;

    private final int size;
    /** The sum of everything before each block. */
    private final Fingerprint[] before;

    private ItemSet(long[] cells, int size) {
        this.cells = cells;
        this.size = size;
        this.before = new Fingerprint[size / BLOCK + 1];
        Fingerprint sum = Fingerprint.EMPTY;
        for (int i = 0; i < size; i++) {
            if (i % BLOCK == 0) {
                before[i / BLOCK] = sum;
            }
            sum = sum.plus(cells[WIDTH * i + 2], cells[WIDTH * i + 3]);
        }
        if (size % BLOCK == 0) {
            before[size / BLOCK] = sum;
        }
    }

    /** Collects items in any order. */
    public static final class Builder {
        private long[] cells = new long[WIDTH * 64];
        private int size;

        public Builder add(Item item) {
            if (WIDTH * size == cells.length) {
                cells = Arrays.copyOf(cells, cells.length * 2);
            }
            int at = WIDTH * size++;
            cells[at] = item.place().time();
            cells[at + 1] = item.place().hash();
            cells[at + 2] = item.high();
            cells[at + 3] = item.low();
            return this;
        }

        public int size() {
            return size;
        }

        /** The set; the builder must not be used any more. */
        public ItemSet build() {
            CellSort.sort(cells, size);
            return new ItemSet(cells, size);
        }
    }

    public int size() {
        return size;
    }

    public Fingerprint fingerprint() {
        return fingerprint(0, size);
    }

    Place place(int index) {
        return new Place(cells[WIDTH * index], cells[WIDTH * index + 1]);
    }

    Item item(int index) {
        return new Item(place(index), cells[WIDTH * index + 2], cells[WIDTH * index + 3]);
    }

    List<Item> items(int from, int to) {
        List<Item> items = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            items.add(item(i));
        }
        return items;
    }

    /** The first item at or behind a place; the size when there is none. */
    int indexOf(Place place) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(middle, place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int compare(int index, Place place) {
        int order = Long.compareUnsigned(cells[WIDTH * index], place.time());
        return order != 0 ? order : Long.compareUnsigned(cells[WIDTH * index + 1], place.hash());
    }

    Fingerprint fingerprint(int from, int to) {
        return sumBefore(to).minus(sumBefore(from));
    }

    private Fingerprint sumBefore(int index) {
        Fingerprint sum = before[index / BLOCK];
        for (int i = index - index % BLOCK; i < index; i++) {
            sum = sum.plus(cells[WIDTH * i + 2], cells[WIDTH * i + 3]);
        }
        return sum;
    }
}
