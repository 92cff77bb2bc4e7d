package io.ibid.core.query;

import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an index in which everything lies that meets some conditions. Keys are used from the first on: as long as a key can only
 * have single values the next one may narrow the search further; the first that has ranges is the last that is used.
 *
 * @param spans in the order of the index; they do not overlap
 * @param keys how many keys are used
 * @param fixedKeys how many of the first keys have one value in all spans
 * @param covered by number of the condition, whether the spans say all of it
 * @param includeMissing whether the first key may be MISSING in them
 */
record IndexSpans(List<Span> spans, int keys, int fixedKeys, boolean[] covered, boolean includeMissing) {

    /**
     * @param conditions all of which have to be met
     * @param scope what the conditions' operands are evaluated in
     */
    static IndexSpans of(IndexShape index, List<Restriction> conditions, Scope scope, Directives directives) {
        boolean[] covered = new boolean[conditions.size()];
        List<Ranges> used = new ArrayList<>();
        int fixed = 0;
        int count = 1;
        for (IndexShape.Key key : index.keys()) {
            Ranges ranges = ranges(key.path(), conditions, scope, directives, covered, count);
            if (ranges == null) {
                break;
            }
            used.add(ranges);
            count *= Math.max(1, ranges.list().size());
            if (!ranges.arePoints()) {
                break;
            }
            if (count == 1 && fixed == used.size() - 1) {
                fixed++;
            }
        }
        List<Span> spans = new ArrayList<>(count);
        add(spans, index, used, 0, new ArrayList<>());
        boolean includeMissing = used.isEmpty() || used.getFirst().includeMissing();
        return new IndexSpans(List.copyOf(spans), used.size(), fixed, covered, includeMissing);
    }

    /** The values of one key, and which conditions say no more than that; null when any value will do. */
    private static @Nullable Ranges ranges(
            Path path,
            List<Restriction> conditions,
            Scope scope,
            Directives directives,
            boolean[] covered,
            int spansBefore) {
        Ranges all = null;
        List<Integer> exact = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            Ranges ranges = conditions.get(i).ranges(path, scope, directives.inListMax());
            if (ranges != null) {
                all = all == null ? ranges : all.intersect(ranges);
                if (ranges.exact()) {
                    exact.add(i);
                }
            }
        }
        if (all == null) {
            return null;
        }
        int most = all.arePoints() ? Math.max(directives.inListMax(), 1) : directives.rangesMax();
        Ranges limited = all.atMost(most / spansBefore);
        if (limited.list().size() == all.list().size()) {
            exact.forEach(i -> covered[i] = true);
        }
        return limited;
    }

    private static void add(List<Span> spans, IndexShape index, List<Ranges> keys, int at, List<Value> equal) {
        if (at == keys.size()) {
            spans.add(new Span(equal, null, null));
            return;
        }
        List<Ranges.Range> ranges = keys.get(at).list();
        boolean points = keys.get(at).arePoints();
        for (Ranges.Range range : index.keys().get(at).descending() ? ranges.reversed() : ranges) {
            if (points && range.low() != null) {
                equal.addLast(range.low().value());
                add(spans, index, keys, at + 1, equal);
                equal.removeLast();
            } else {
                spans.add(new Span(equal, range.low(), range.high()));
            }
        }
    }

    /** Whether a document has an entry in a span of an index. */
    static boolean contains(Span span, IndexShape index, Row row) {
        int equal = span.equal().size();
        for (int i = 0; i < equal; i++) {
            if (ValueOrder.compare(span.equal().get(i), key(row, index, i)) != 0) {
                return false;
            }
        }
        if (equal == index.keys().size()) {
            return true;
        }
        Value next = key(row, index, equal);
        return isWithin(span.low(), next, 1) && isWithin(span.high(), next, -1);
    }

    static Value key(Row row, IndexShape index, int i) {
        Path path = index.keys().get(i).path();
        return FieldUse.isOfId(path) ? Navigation.follow(row.id(), path, 1) : row.field(path);
    }

    private static boolean isWithin(Span.@Nullable Bound bound, Value value, int sign) {
        if (bound == null) {
            return true;
        }
        int order = ValueOrder.compare(value, bound.value()) * sign;
        return order > 0 || (order == 0 && bound.included());
    }

    /** The same from the end of the index. */
    List<Span> inDirection(boolean reverse) {
        return reverse ? spans.reversed() : spans;
    }
}
