package io.ibid.core.live;

import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the intervals in which a value lies, in {@code log n} steps and one per hit: a balanced search tree over the lower ends that
 * knows of each subtree how far up it reaches. The tree is an array, sorted when it is first asked after a change, because observers
 * come and go in bursts while documents change all the time. Confinement: loop.
 */
final class Intervals<T> {
    private record Interval<T>(
            @Nullable Value low, @Nullable Value high, T owner) {}

    private final List<Interval<T>> sorted = new ArrayList<>();
    /** By position: the greatest upper end in the subtree whose root is there; null is no end. */
    private final List<@Nullable Value> reach = new ArrayList<>();

    private boolean built = true;

    /** Both ends belong to the interval; null is no end. */
    void add(@Nullable Value low, @Nullable Value high, T owner) {
        sorted.add(new Interval<>(low, high, owner));
        built = false;
    }

    void remove(T owner) {
        built &= !sorted.removeIf(interval -> interval.owner.equals(owner));
    }

    boolean isEmpty() {
        return sorted.isEmpty();
    }

    /**
     * Shows the owner of each interval in which the value lies.
     *
     * @return how many were shown
     */
    int find(Value value, Consumer<T> found) {
        if (!built) {
            build();
        }
        return find(0, sorted.size(), value, found);
    }

    private void build() {
        sorted.sort(Comparator.comparing(Interval::low, Comparator.nullsFirst(ValueOrder.TOTAL)));
        reach.clear();
        sorted.forEach(interval -> reach.add(interval.high));
        build(0, sorted.size());
        built = true;
    }

    private void build(int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        build(from, middle);
        build(middle + 1, to);
        Value high = farther(sorted.get(middle).high, reach.get((from + middle) >>> 1));
        reach.set(middle, middle + 1 == to ? high : farther(high, reach.get((middle + 1 + to) >>> 1)));
    }

    private static @Nullable Value farther(@Nullable Value a, @Nullable Value b) {
        return a == null || b == null ? null : ValueOrder.compare(a, b) >= 0 ? a : b;
    }

    private int find(int from, int to, Value value, Consumer<T> found) {
        if (from >= to) {
            return 0;
        }
        int middle = (from + to) >>> 1;
        if (isBelow(reach.get(middle), value)) {
            return 0;
        }
        int count = find(from, middle, value, found);
        Interval<T> interval = sorted.get(middle);
        if (interval.low != null && ValueOrder.compare(interval.low, value) > 0) {
            return count;
        }
        if (!isBelow(interval.high, value)) {
            found.accept(interval.owner);
            count++;
        }
        return count + find(middle + 1, to, value, found);
    }

    private static boolean isBelow(@Nullable Value high, Value value) {
        return high != null && ValueOrder.compare(high, value) < 0;
    }
}
