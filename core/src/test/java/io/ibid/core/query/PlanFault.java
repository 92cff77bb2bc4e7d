package io.ibid.core.query;

import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A mistake in one kind of operator, as a planner or executor could make it. */
enum PlanFault {
    NO_FILTER,
    LAST_SPAN_LOST,
    LOW_BOUND_SHIFTED,
    HIGH_BOUND_SHIFTED,
    WRONG_DIRECTION,
    ORDER_NOT_KEPT,
    LAST_BRANCH_LOST,
    INTERSECTION_WITH_ONE_INDEX,
    WRONG_COVERING_KEY,
    OFFSET_LOST,
    LIMIT_TOO_LARGE,
    SORTED_THE_OTHER_WAY,
    LAST_SORT_KEY_LOST,
    SORT_KEEPS_ONE_LESS,
    NOT_DISTINCT,
    GROUPED_BY_LESS,
    COUNTED_TWICE_THE_SAME,
    LAST_ID_LOST,
    LIMIT_BELOW_THE_FILTER,
    LIMIT_BELOW_THE_SORT,
    HAVING_LOST,
    FIRST_SPAN_TWICE,
    EQUAL_KEYS_SHORTENED,
    LOW_BOUND_LOST,
    GROUP_VALUES_SWAPPED;

    /** The plan with the mistake wherever it can be made. */
    Plan in(Plan plan) {
        return mapped(plan, this::mistaken);
    }

    private Plan mistaken(Plan plan) {
        return switch (plan) {
            case Plan.Filter filter when this == NO_FILTER && !(filter.input() instanceof Plan.Group) -> filter.input();
            case Plan.Filter filter when this == HAVING_LOST && filter.input() instanceof Plan.Group -> filter.input();
            case Plan.Slice(Plan.Filter filter, Plan.Bounds bounds)
            when this == LIMIT_BELOW_THE_FILTER ->
                new Plan.Filter(new Plan.Slice(filter.input(), bounds), filter.condition(), filter.share());
            case Plan.Slice(Plan.Sort sort, Plan.Bounds bounds)
            when this == LIMIT_BELOW_THE_SORT ->
                new Plan.Sort(new Plan.Slice(sort.input(), bounds), sort.keys(), new Plan.Bounds(null, null), 0);
            case Plan.IndexScan scan -> indexScan(scan);
            case Plan.UnionScan union
            when this == LAST_BRANCH_LOST -> new Plan.UnionScan(union.term(), union.index(), butLast(union.scans()));
            case Plan.IntersectScan intersect
            when this == INTERSECTION_WITH_ONE_INDEX -> intersect.scans().getFirst();
            case Plan.Slice slice
            when this == OFFSET_LOST ->
                new Plan.Slice(slice.input(), new Plan.Bounds(slice.bounds().limit(), null));
            case Plan.Slice(Plan input, Plan.Bounds bounds)
            when this == LIMIT_TOO_LARGE && bounds.limit() != null ->
                new Plan.Slice(input, new Plan.Bounds(changed(bounds.limit(), 1), bounds.offset()));
            case Plan.Sort sort -> sort(sort);
            case Plan.Distinct distinct when this == NOT_DISTINCT -> distinct.input();
            case Plan.Group group -> group(group);
            case Plan.IdScan(Term term, int index, Plan.Ids.Several(List<Compiled> values))
            when this == LAST_ID_LOST -> new Plan.IdScan(term, index, new Plan.Ids.Several(butLast(values)));
            default -> plan;
        };
    }

    private Plan indexScan(Plan.IndexScan scan) {
        if (!(scan.spans() instanceof Plan.Spans.Known(List<Span> spans))) {
            return scan;
        }
        return switch (this) {
            case LAST_SPAN_LOST -> with(scan, butLast(spans), scan.reverse(), scan.covering());
            case LOW_BOUND_SHIFTED ->
                with(
                        scan,
                        spans.stream()
                                .map(span -> new Span(span.equal(), other(span.low()), span.high()))
                                .toList(),
                        scan.reverse(),
                        scan.covering());
            case HIGH_BOUND_SHIFTED ->
                with(
                        scan,
                        spans.stream()
                                .map(span -> new Span(span.equal(), span.low(), other(span.high())))
                                .toList(),
                        scan.reverse(),
                        scan.covering());
            case LOW_BOUND_LOST ->
                with(
                        scan,
                        spans.stream()
                                .map(span -> new Span(span.equal(), null, span.high()))
                                .toList(),
                        scan.reverse(),
                        scan.covering());
            case FIRST_SPAN_TWICE -> {
                List<Span> more = new ArrayList<>(spans);
                more.addAll(spans.subList(0, Math.min(1, spans.size())));
                yield with(scan, more, scan.reverse(), scan.covering());
            }
            case EQUAL_KEYS_SHORTENED ->
                with(
                        scan,
                        spans.stream()
                                .map(span ->
                                        span.equal().size() > 1 ? new Span(butLast(span.equal()), null, null) : span)
                                .toList(),
                        scan.reverse(),
                        scan.covering());
            case WRONG_DIRECTION -> with(scan, spans, !scan.reverse(), scan.covering());
            case ORDER_NOT_KEPT -> with(scan, spans.reversed(), scan.reverse(), scan.covering());
            case WRONG_COVERING_KEY -> {
                Plan.Covering covering = scan.covering();
                yield covering == null || covering.keys().isEmpty()
                        ? scan
                        : with(scan, spans, scan.reverse(), new Plan.Covering(butLast(covering.keys()), covering.id()));
            }
            default -> scan;
        };
    }

    private static Plan with(Plan.IndexScan scan, List<Span> spans, boolean reverse, Plan.Covering covering) {
        return new Plan.IndexScan(
                scan.term(),
                scan.index(),
                scan.shape(),
                new Plan.Spans.Known(spans),
                reverse,
                covering,
                scan.once(),
                scan.entries());
    }

    private static Span.Bound other(Span.Bound bound) {
        return bound == null ? null : new Span.Bound(bound.value(), !bound.included());
    }

    private Plan sort(Plan.Sort sort) {
        return switch (this) {
            case SORTED_THE_OTHER_WAY ->
                new Plan.Sort(
                        sort.input(),
                        sort.keys().stream()
                                .map(key -> new Plan.SortKey(key.key(), !key.descending()))
                                .toList(),
                        sort.bounds(),
                        0);
            case LAST_SORT_KEY_LOST -> new Plan.Sort(sort.input(), butLast(sort.keys()), sort.bounds(), 0);
            case SORT_KEEPS_ONE_LESS ->
                sort.bounds().limit() == null
                        ? sort
                        : new Plan.Sort(
                                sort.input(),
                                sort.keys(),
                                new Plan.Bounds(
                                        changed(sort.bounds().limit(), -1),
                                        sort.bounds().offset()),
                                0);
            default -> sort;
        };
    }

    private Plan group(Plan.Group group) {
        return switch (this) {
            case GROUPED_BY_LESS ->
                // The key has to be there for those above; that it is always the same one is the mistake.
                new Plan.Group(
                        group.input(),
                        group.keys().stream()
                                .map(key -> new Compiled(key.expression(), new Evaluator.Constant(Value.NULL)))
                                .toList(),
                        group.aggregations());
            case GROUP_VALUES_SWAPPED ->
                new Plan.Group(group.input(), group.keys(), group.aggregations().reversed());
            case COUNTED_TWICE_THE_SAME ->
                new Plan.Group(
                        group.input(),
                        group.keys(),
                        group.aggregations().stream()
                                .map(it -> new Plan.Aggregation(it.kind(), false, it.operand()))
                                .toList());
            default -> group;
        };
    }

    private static Compiled changed(Compiled bound, long by) {
        long number = bound.evaluator() instanceof Evaluator.Constant(Value.Int(long limit)) ? limit : 0;
        Value value = Value.of(Math.max(0, number + by));
        return new Compiled(new Expression.Literal(0, value), new Evaluator.Constant(value));
    }

    private static <T> List<T> butLast(List<T> list) {
        return list.isEmpty() ? list : new ArrayList<>(list.subList(0, list.size() - 1));
    }

    private static Plan mapped(Plan plan, UnaryOperator<Plan> change) {
        return change.apply(
                switch (plan) {
                    case Plan.Filter(Plan input, Compiled condition, double share) ->
                        new Plan.Filter(mapped(input, change), condition, share);
                    case Plan.Group(Plan input, var keys, var aggregations) ->
                        new Plan.Group(mapped(input, change), keys, aggregations);
                    case Plan.Project(Plan input, Projector projector) ->
                        new Plan.Project(mapped(input, change), projector);
                    case Plan.Distinct(Plan input) -> new Plan.Distinct(mapped(input, change));
                    case Plan.Sort(Plan input, var keys, var bounds, int presorted) ->
                        new Plan.Sort(mapped(input, change), keys, bounds, presorted);
                    case Plan.Slice(Plan input, var bounds) -> new Plan.Slice(mapped(input, change), bounds);
                    case Plan.UnionScan(Term term, int index, List<Plan> scans) ->
                        new Plan.UnionScan(
                                term, index, scans.stream().map(change).toList());
                    default -> plan;
                });
    }
}
