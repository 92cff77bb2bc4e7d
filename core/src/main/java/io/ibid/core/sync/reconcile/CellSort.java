package io.ibid.core.sync.reconcile;

/**
 * Sorts items where they lie, four numbers each, without an object per item: a heap sort, so that no partner's data can make it slow.
 * Stateless.
 */
final class CellSort {
    private static final int WIDTH = 4;

    private CellSort() {}

    static void sort(long[] cells, int size) {
        for (int root = size / 2 - 1; root >= 0; root--) {
            sink(cells, root, size);
        }
        for (int end = size - 1; end > 0; end--) {
            swap(cells, 0, end);
            sink(cells, 0, end);
        }
    }

    private static void sink(long[] cells, int start, int size) {
        int parent = start;
        while (2 * parent + 1 < size) {
            int child = 2 * parent + 1;
            if (child + 1 < size && isLess(cells, child, child + 1)) {
                child++;
            }
            if (!isLess(cells, parent, child)) {
                return;
            }
            swap(cells, parent, child);
            parent = child;
        }
    }

    /** The hashes decide between equal places, so that equal sets are in equal order. */
    private static boolean isLess(long[] cells, int a, int b) {
        for (int i = 0; i < WIDTH; i++) {
            int order = Long.compareUnsigned(cells[WIDTH * a + i], cells[WIDTH * b + i]);
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    private static void swap(long[] cells, int a, int b) {
        for (int i = 0; i < WIDTH; i++) {
            long kept = cells[WIDTH * a + i];
            cells[WIDTH * a + i] = cells[WIDTH * b + i];
            cells[WIDTH * b + i] = kept;
        }
    }
}
