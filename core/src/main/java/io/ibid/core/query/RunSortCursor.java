package io.ibid.core.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows that come sorted by the first of their keys: only those that agree in these have to be sorted by the others, so it holds one
 * such run at a time and stops reading when it has given as many rows as are needed.
 */
final class RunSortCursor implements Cursor {
    private final Cursor input;
    private final Scope scope;
    private final List<Plan.SortKey> keys;
    private final int presorted;
    private final List<Tuple> run = new ArrayList<>();
    private int position;
    private long left;
    private long number;
    private @Nullable Tuple ahead;
    private boolean ended;

    /**
     * @param presorted how many of the first keys the input is sorted by
     * @param kept how many of the first rows are needed
     */
    RunSortCursor(Cursor input, Scope scope, List<Plan.SortKey> keys, int presorted, long kept) {
        this.input = input;
        this.scope = scope;
        this.keys = keys;
        this.presorted = presorted;
        this.left = kept;
    }

    @Override
    public boolean next() {
        if (left == 0) {
            return false;
        }
        if (position == run.size()) {
            readRun();
        }
        if (position == run.size()) {
            return false;
        }
        left--;
        Tuple tuple = run.get(position++);
        scope.memory().shrink(tuple.bytes());
        tuple.restore(scope);
        return true;
    }

    private void readRun() {
        run.clear();
        position = 0;
        Tuple first = ahead == null ? read() : ahead;
        ahead = null;
        if (first == null) {
            return;
        }
        run.add(first);
        for (Tuple next = read(); next != null; next = read()) {
            if (!next.agrees(first, presorted)) {
                ahead = next;
                break;
            }
            run.add(next);
        }
        run.sort((a, b) -> a.compareTo(b, keys));
    }

    private @Nullable Tuple read() {
        if (ended || !input.next()) {
            ended = true;
            return null;
        }
        Tuple tuple = Tuple.of(scope, keys, number++);
        scope.memory().grow(tuple.bytes(), "ORDER BY", "narrow the WHERE clause or add a LIMIT");
        return tuple;
    }

    @Override
    public void close() {
        input.close();
    }
}
