package io.ibid.core.query;

import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * All right answers to a SELECT: its rows before LIMIT and OFFSET, sorted, each with the values it was sorted by. Rows whose values are
 * equal may come in any order.
 */
record Answers(List<Row> rows, int from, int to) {
    private static final double ROUNDING = 1e-9;

    /** Tells 1 and 1.0 apart, which the order of values does not. */
    static final Comparator<Value> EXACT = ValueOrder.TOTAL.thenComparing(Value::toString);

    record Row(Value.Struct answer, List<Value> order) {
        boolean standsWith(Row other) {
            for (int i = 0; i < order.size(); i++) {
                if (ValueOrder.compare(order.get(i), other.order.get(i)) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The answer of an engine that breaks ties like the reference. */
    List<Value.Struct> first() {
        return rows.subList(from, to).stream().map(Row::answer).toList();
    }

    /** Whether the rows are one of the right answers. */
    boolean allow(List<Value.Struct> actual) {
        if (actual.size() != to - from) {
            return false;
        }
        int start = 0;
        while (start < rows.size()) {
            int end = start + 1;
            while (end < rows.size() && rows.get(start).standsWith(rows.get(end))) {
                end++;
            }
            int first = Math.max(start, from);
            int last = Math.min(end, to);
            if (first < last && !areAmong(actual.subList(first - from, last - from), rows.subList(start, end))) {
                return false;
            }
            start = end;
        }
        return true;
    }

    private static boolean areAmong(List<Value.Struct> actual, List<Row> ties) {
        TreeMap<Value, Integer> left = new TreeMap<>(EXACT);
        ties.forEach(row -> left.merge(row.answer, 1, Integer::sum));
        List<Value.Struct> unmatched = new ArrayList<>();
        for (Value.Struct row : actual) {
            Integer count = left.get(row);
            if (count == null) {
                unmatched.add(row);
            } else if (count == 1) {
                left.remove(row);
            } else {
                left.put(row, count - 1);
            }
        }
        // Sums of floats depend on the order of their rows in the last digits.
        return unmatched.stream()
                .allMatch(row -> left.keySet().stream().anyMatch(other -> isNear(row, (Value.Struct) other)));
    }

    private static boolean isNear(Value.Struct a, Value.Struct b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            boolean near = a.value(i) instanceof Value.Float(double x)
                    && number(b.value(i)) instanceof Double y
                    && Math.abs(x - y) <= ROUNDING * Math.abs(x);
            if (!a.name(i).equals(b.name(i)) || (!near && EXACT.compare(a.value(i), b.value(i)) != 0)) {
                return false;
            }
        }
        return true;
    }

    private static Object number(Value value) {
        return switch (value) {
            case Value.Int(long number) -> (double) number;
            case Value.Float(double number) -> number;
            default -> value;
        };
    }
}
