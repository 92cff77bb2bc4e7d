package io.ibid.core.query;

import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of values as ranges of the total order: sorted, none empty, no two that overlap or touch. Immutable.
 *
 * @param exact whether a condition holds for just these values; else for some of them
 */
record Ranges(List<Range> list, boolean exact) {
    static final Ranges ALL = new Ranges(List.of(new Range(null, null)), true);
    static final Ranges NONE = new Ranges(List.of(), true);

    /** Neighbouring values; a bound that is null is the end of the order. */
    record Range(Span.@Nullable Bound low, Span.@Nullable Bound high) {
        boolean isPoint() {
            return low != null
                    && high != null
                    && low.included()
                    && high.included()
                    && ValueOrder.compare(low.value(), high.value()) == 0;
        }

        private boolean isEmpty() {
            if (low == null || high == null) {
                return false;
            }
            int order = ValueOrder.compare(low.value(), high.value());
            return order > 0 || (order == 0 && !(low.included() && high.included()));
        }
    }

    static Ranges of(Value value) {
        Span.Bound bound = new Span.Bound(value, true);
        return new Ranges(List.of(new Range(bound, bound)), true);
    }

    static Ranges of(Span.@Nullable Bound low, Span.@Nullable Bound high) {
        Range range = new Range(low, high);
        return range.isEmpty() ? NONE : new Ranges(List.of(range), true);
    }

    /** Each value once; the list may be in any order. */
    static Ranges points(List<Value> values) {
        List<Value> sorted = new ArrayList<>(values);
        sorted.sort(ValueOrder.TOTAL);
        List<Range> points = new ArrayList<>(sorted.size());
        Value last = null;
        for (Value value : sorted) {
            if (last == null || ValueOrder.compare(last, value) != 0) {
                Span.Bound bound = new Span.Bound(value, true);
                points.add(new Range(bound, bound));
                last = value;
            }
        }
        return new Ranges(points, true);
    }

    /** The values of the kind of that value which are less than it. */
    static Ranges below(Value value, boolean included) {
        return of(Kind.of(value).low(), new Span.Bound(value, included));
    }

    /** The values of the kind of that value which are greater than it. */
    static Ranges above(Value value, boolean included) {
        return of(new Span.Bound(value, included), Kind.of(value).high());
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    boolean arePoints() {
        return list.stream().allMatch(Range::isPoint);
    }

    /** Whether MISSING is one of the values. */
    boolean includeMissing() {
        if (list.isEmpty()) {
            return false;
        }
        Span.Bound high = list.getLast().high;
        return high == null || (high.included() && high.value() instanceof Value.Missing);
    }

    Ranges inexact() {
        return exact ? new Ranges(list, false) : this;
    }

    /** These ranges when they are few enough, else the one that holds them all. */
    Ranges atMost(int count) {
        return list.size() <= Math.max(1, count)
                ? this
                : new Ranges(List.of(new Range(list.getFirst().low, list.getLast().high)), false);
    }

    Ranges intersect(Ranges other) {
        List<Range> common = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < list.size() && j < other.list.size()) {
            Range a = list.get(i);
            Range b = other.list.get(j);
            Range both = new Range(
                    compareLows(a.low, b.low) >= 0 ? a.low : b.low,
                    compareHighs(a.high, b.high) <= 0 ? a.high : b.high);
            if (!both.isEmpty()) {
                common.add(both);
            }
            if (compareHighs(a.high, b.high) <= 0) {
                i++;
            } else {
                j++;
            }
        }
        return new Ranges(common, exact && other.exact);
    }

    Ranges unite(Ranges other) {
        List<Range> all = new ArrayList<>(list);
        all.addAll(other.list);
        all.sort(Comparator.comparing(Range::low, Ranges::compareLows));
        List<Range> united = new ArrayList<>(all.size());
        for (Range range : all) {
            Range last = united.isEmpty() ? null : united.getLast();
            if (last == null || !touch(last.high, range.low)) {
                united.add(range);
            } else if (compareHighs(range.high, last.high) > 0) {
                united.set(united.size() - 1, new Range(last.low, range.high));
            }
        }
        return new Ranges(united, exact && other.exact);
    }

    /** Whether no value lies between the end of one range and the beginning of the next. */
    private static boolean touch(Span.@Nullable Bound high, Span.@Nullable Bound low) {
        if (high == null || low == null) {
            return true;
        }
        int order = ValueOrder.compare(high.value(), low.value());
        return order > 0 || (order == 0 && (high.included() || low.included()));
    }

    private static int compareLows(Span.@Nullable Bound a, Span.@Nullable Bound b) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        int order = ValueOrder.compare(a.value(), b.value());
        return order != 0 ? order : Boolean.compare(b.included(), a.included());
    }

    private static int compareHighs(Span.@Nullable Bound a, Span.@Nullable Bound b) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        int order = ValueOrder.compare(a.value(), b.value());
        return order != 0 ? order : Boolean.compare(a.included(), b.included());
    }

    /** Whether a bound only keeps the values to one kind. */
    static boolean isEndOfKind(Span.Bound bound) {
        return Kind.ALL.stream().anyMatch(kind -> bound.equals(kind.low) || bound.equals(kind.high));
    }

    /** Where the values begin and end that compare with each other. NaN is the least number. */
    private record Kind(Span.Bound low, Span.Bound high) {
        private static final Kind BOOLEAN = new Kind(Value.FALSE, Value.TRUE, true);
        private static final Kind NUMBER = new Kind(Value.of(Double.NaN), Value.of(Double.POSITIVE_INFINITY), true);
        private static final Kind BINARY = new Kind(new Value.Binary(new byte[0]), Value.of(""), false);
        private static final Kind TEXT = new Kind(Value.of(""), Value.Array.EMPTY, false);
        private static final Kind ARRAY = new Kind(Value.Array.EMPTY, Value.Struct.EMPTY, false);
        private static final Kind STRUCT = new Kind(Value.Struct.EMPTY, Value.NULL, false);
        private static final List<Kind> ALL = List.of(BOOLEAN, NUMBER, BINARY, TEXT, ARRAY, STRUCT);

        Kind(Value low, Value high, boolean highIncluded) {
            this(new Span.Bound(low, true), new Span.Bound(high, highIncluded));
        }

        static Kind of(Value value) {
            return switch (value) {
                case Value.Bool bool -> BOOLEAN;
                case Value.Int number -> NUMBER;
                case Value.Float number -> NUMBER;
                case Value.Binary binary -> BINARY;
                case Value.Text text -> TEXT;
                case Value.Array array -> ARRAY;
                case Value.Struct struct -> STRUCT;
                case Value.Null none -> throw new AssertionError("NULL compares with nothing");
                case Value.Missing missing -> throw new AssertionError("MISSING compares with nothing");
            };
        }
    }
}
