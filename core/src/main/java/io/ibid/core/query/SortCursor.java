package io.ibid.core.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts its input in memory. With a limit it holds no more rows than the limit lets through, in a heap whose top is the row to give up
 * next.
 */
final class SortCursor implements Cursor {
    private final Cursor input;
    private final Scope scope;
    private final List<Plan.SortKey> keys;
    private final Comparator<Tuple> order;
    private final long kept;
    private @Nullable List<Tuple> sorted;
    private int position;

    /**
     * @param kept how many of the first rows are needed
     */
    SortCursor(Cursor input, Scope scope, List<Plan.SortKey> keys, long kept) {
        this.input = input;
        this.scope = scope;
        this.keys = keys;
        this.kept = kept;
        this.order = (a, b) -> a.compareTo(b, keys);
    }

    @Override
    public boolean next() {
        if (sorted == null) {
            sorted = sort();
        }
        if (position == sorted.size()) {
            return false;
        }
        Tuple tuple = sorted.get(position);
        // The tuple is not needed again; its memory may go before the last row does.
        sorted.set(position++, null);
        scope.memory().shrink(tuple.bytes());
        tuple.restore(scope);
        return true;
    }

    private List<Tuple> sort() {
        if (kept == 0) {
            return new ArrayList<>();
        }
        List<Tuple> all = new ArrayList<>();
        PriorityQueue<Tuple> first = new PriorityQueue<>(Collections.reverseOrder(order));
        for (long number = 0; input.next(); number++) {
            Tuple tuple = Tuple.of(scope, keys, number);
            if (kept == Long.MAX_VALUE) {
                grow(tuple);
                all.add(tuple);
            } else if (first.size() < kept) {
                grow(tuple);
                first.add(tuple);
            } else if (order.compare(tuple, first.peek()) < 0) {
                scope.memory().shrink(first.remove().bytes());
                grow(tuple);
                first.add(tuple);
            }
        }
        all.addAll(first);
        all.sort(order);
        return all;
    }

    private void grow(Tuple tuple) {
        scope.memory().grow(tuple.bytes(), "ORDER BY", "narrow the WHERE clause or add a LIMIT");
    }

    @Override
    public void close() {
        input.close();
    }
}
