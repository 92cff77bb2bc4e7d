package io.ibid.core.query;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.function.Arithmetic;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many rows each operator of a plan gives, roughly and without reading any. */
final class RowEstimates {
    /** Where nothing is known: the rows of a system collection, the elements of an array. */
    private static final double SOME = 10;

    /** Of the rows that are grouped, the share that begins a group. */
    private static final double GROUPS = 0.1;

    private final @Nullable Source source;
    private final @Nullable Scope scope;

    /** Both null: nothing can be estimated, and only constants are known. */
    RowEstimates(@Nullable Source source, @Nullable Scope scope) {
        this.source = source;
        this.scope = scope;
    }

    /** NaN when nothing is known. */
    double of(Plan plan) {
        return source == null || scope == null ? Double.NaN : of(plan, source, scope);
    }

    private double of(Plan plan, Source source, Scope scope) {
        return switch (plan) {
            case Plan.Scan scan ->
                Double.isNaN(scan.documents()) ? source.count(scan.term().collection()) : scan.documents();
            case Plan.SystemScan scan -> scan.term().collection().equals(Term.DUAL) ? 1 : SOME;
            case Plan.IdScan scan -> ids(scan.ids());
            case Plan.IndexScan scan -> entries(scan, source);
            case Plan.UnionScan union ->
                union.scans().stream().mapToDouble(this::of).sum();
            case Plan.IntersectScan intersect -> intersect.rows();
            case Plan.Join join -> {
                double each = of(join.inner());
                yield of(join.input()) * (join.outer() ? Math.max(1, each) : each);
            }
            case Plan.CountScan count -> 1;
            case Plan.Given given -> scope.given.size();
            case Plan.Filter filter -> of(filter.input()) * filter.share();
            case Plan.Group group -> group.keys().isEmpty() ? 1 : groups(of(group.input()));
            case Plan.Project project -> of(project.input());
            case Plan.Distinct distinct -> of(distinct.input());
            case Plan.Sort sort -> Math.min(of(sort.input()), most(sort.bounds()));
            case Plan.Slice slice -> {
                double left =
                        Math.max(0, of(slice.input()) - bound(slice.bounds().offset(), 0));
                yield Math.min(left, bound(slice.bounds().limit(), Double.POSITIVE_INFINITY));
            }
        };
    }

    /** The planner does not look at documents where there is nothing to choose. */
    private static double entries(Plan.IndexScan scan, Source source) {
        if (scan.spans() instanceof Plan.Spans.Sought(List<Restriction> conditions, Directives directives)) {
            return sought(scan, conditions, source);
        }
        return Double.isNaN(scan.entries()) ? known(scan, source) : scan.entries();
    }

    private static double known(Plan.IndexScan scan, Source source) {
        double entries = 0;
        if (scan.spans() instanceof Plan.Spans.Known(List<Span> spans)) {
            for (Span span : spans) {
                entries += source.estimate(scan.shape(), span);
            }
        }
        return Math.min(entries, (double) source.count(scan.term().collection()));
    }

    private static double sought(Plan.IndexScan scan, List<Restriction> conditions, Source source) {
        String collection = scan.term().collection();
        return SoughtSpans.of(scan.shape(), conditions)
                .entries(
                        scan.shape(),
                        conditions,
                        SoughtSpans.sample(collection, source),
                        (double) source.count(collection),
                        source);
    }

    private static double groups(double rows) {
        return Math.min(rows, Math.max(1, rows * GROUPS));
    }

    double ids(Plan.Ids ids) {
        return switch (ids) {
            case Plan.Ids.One one -> 1;
            case Plan.Ids.Several several -> several.values().size();
            case Plan.Ids.Hinted hinted -> hinted.values().size();
            case Plan.Ids.Elements elements -> elements(elements.array());
            case Plan.Ids.HintedList list -> elements(list.array());
        };
    }

    private double elements(Compiled array) {
        return value(array) instanceof Value.Array list ? list.elements().size() : isKnown(array) ? 0 : SOME;
    }

    /** Whether it is more than a look at the row of another term, which is not at hand. */
    private static boolean isKnown(Compiled expression) {
        return Compiler.isRowIndependent(expression.expression());
    }

    /** The rows that a sort keeps. */
    double most(Plan.Bounds bounds) {
        return bounds.limit() == null
                ? Double.POSITIVE_INFINITY
                : bound(bounds.limit(), Double.POSITIVE_INFINITY) + bound(bounds.offset(), 0);
    }

    private double bound(@Nullable Compiled bound, double otherwise) {
        return bound != null && Arithmetic.wholeAsInteger(value(bound)) instanceof Value.Int(long number)
                ? number
                : otherwise;
    }

    /** MISSING for what cannot be evaluated here; whoever runs the plan will say why. */
    private Value value(Compiled expression) {
        if (scope == null) {
            return expression.evaluator() instanceof Evaluator.Constant(Value value) ? value : Value.MISSING;
        }
        try {
            return expression.evaluate(scope);
        } catch (IbidException failure) {
            return Value.MISSING;
        }
    }
}
