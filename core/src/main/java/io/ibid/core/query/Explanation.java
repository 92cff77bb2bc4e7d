package io.ibid.core.query;

import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows plans as trees: the operators of a statement in the order in which rows pass them. */
final class Explanation {
    private final RowEstimates estimates;
    private final @Nullable Profiler profiler;
    private final PlanText text;
    private List<Operator> operators = new ArrayList<>();

    /**
     * @param profiler what was measured; null when the plan was not run
     */
    private Explanation(
            @Nullable Source source, @Nullable Scope scope, Selection selection, @Nullable Profiler profiler) {
        this.estimates = new RowEstimates(source, scope);
        this.profiler = profiler;
        this.text = new PlanText(selection.terms().stream().map(Term::alias).toList(), selection.grouping());
    }

    /**
     * The operators of a plan of that selection; one that answers ends with {@code finalProjection}.
     *
     * @param source with the scope for estimates; null: without
     */
    static List<Operator> of(
            Selection selection,
            Plan plan,
            @Nullable Source source,
            @Nullable Scope scope,
            @Nullable Profiler profiler) {
        Explanation explanation = new Explanation(source, scope, selection, profiler);
        explanation.add(plan);
        if (selection.projector() != null) {
            explanation.add(
                    "finalProjection", Value.Struct.EMPTY, plan, profiler == null ? null : answers(plan, profiler));
        }
        return explanation.operators;
    }

    /** Where rows are answered as they are, making answers of them is all there is to do; else another operator has done it. */
    private static OperatorStats answers(Plan plan, Profiler profiler) {
        OperatorStats stats = profiler.stats(plan);
        if (plan instanceof Plan.Project(Plan input, Projector projector)
                && !(projector instanceof Projector.Columns)) {
            return stats;
        }
        OperatorStats passed = new OperatorStats();
        passed.in = stats.out;
        passed.out = stats.out;
        return passed;
    }

    private void add(Plan plan) {
        switch (plan) {
            case Plan.Scan scan -> add("scan", IndexScanText.ofIds(scan, scan(scan.term())), plan);
            case Plan.SystemScan scan -> add("scan", scan(scan.term()), plan);
            case Plan.CountScan count ->
                add("countScan", collection(count.term()).build(), plan);
            case Plan.Join join -> addJoin(join);
            case Plan.Given given -> throw new AssertionError("RETURNING is shown by its statement");
            case Plan.IdScan scan -> addScan(plan, scan.term(), true);
            case Plan.IndexScan scan -> addScan(plan, scan.term(), scan.covering() == null);
            case Plan.UnionScan scan -> addScan(plan, scan.term(), true);
            case Plan.IntersectScan scan -> addScan(plan, scan.term(), true);
            case Plan.Filter(Plan input, Compiled condition, double share) -> {
                add(input);
                add(
                        "filter",
                        Value.Struct.builder()
                                .put("condition", text.text(condition))
                                .build(),
                        plan);
            }
            case Plan.Group group -> {
                add(group.input());
                Value.Struct.Builder attributes = Value.Struct.builder();
                attributes.put("groupBy", text.texts(group.keys()));
                attributes.put(
                        "aggregates",
                        new Value.Array(
                                group.aggregations().stream().map(text::text).toList()));
                add("aggregate", attributes.build(), plan);
            }
            case Plan.Project(Plan input, Projector projector) -> {
                add(input);
                if (projector instanceof Projector.Columns columns) {
                    add("projection", ProjectionText.of(columns, text), plan);
                }
            }
            case Plan.Distinct(Plan input) -> {
                add(input);
                add("distinct", Value.Struct.EMPTY, plan);
            }
            case Plan.Sort sort -> {
                add(sort.input());
                add("sort", sort(sort), plan);
            }
            case Plan.Slice slice -> addSlice(slice);
        }
    }

    /** The inner side stands inside the operator, as what it does for each row. */
    private void addJoin(Plan.Join join) {
        add(join.input());
        List<Operator> before = operators;
        operators = new ArrayList<>();
        add(join.inner());
        Operator inner = Operator.sequenceOf(operators);
        operators = before;
        Value.Struct.Builder attributes = Value.Struct.builder();
        attributes.put("on", text.text(join.on()));
        attributes.put("outer", Value.of(join.outer()));
        operators.add(new Operator(
                "nlJoin",
                attributes.build(),
                estimates.of(join),
                List.of(inner),
                profiler == null ? null : profiler.stats(join)));
    }

    private void addSlice(Plan.Slice slice) {
        add(slice.input());
        if (slice.bounds().offset() != null) {
            Value.Struct.Builder attributes = Value.Struct.builder();
            add(
                    "offset",
                    attributes.put("offset", bound(slice.bounds().offset())).build(),
                    slice);
        }
        if (slice.bounds().limit() != null) {
            Value.Struct.Builder attributes = Value.Struct.builder();
            add("limit", attributes.put("limit", bound(slice.bounds().limit())).build(), slice);
        }
    }

    /** The number where there is one, else the text. */
    private Value bound(Compiled bound) {
        return bound.evaluator() instanceof Evaluator.Constant(Value value) ? value : text.text(bound);
    }

    private Value.Struct sort(Plan.Sort sort) {
        Value.Struct.Builder attributes = Value.Struct.builder();
        double most = estimates.most(sort.bounds());
        if (most < Double.POSITIVE_INFINITY) {
            attributes.put("limit", Value.of((long) most));
        }
        List<Value> keys = new ArrayList<>();
        for (Plan.SortKey key : sort.keys()) {
            keys.add(Value.Struct.builder()
                    .put("direction", Value.of(key.descending() ? "desc" : "asc"))
                    .put("key", text.text(key.key()))
                    .build());
        }
        return attributes.put("orderBy", new Value.Array(keys)).build();
    }

    private static Value.Struct.Builder collection(Term term) {
        return Value.Struct.builder()
                .put("collection", Value.of(term.collection()))
                .put("datasource", Value.of(term.system() ? "system" : "default"));
    }

    private static Value.Struct scan(Term term) {
        Value never = Value.of("never");
        return collection(term)
                .put("alias", Value.of(term.alias()))
                .put(
                        "descriptor",
                        Value.Struct.builder().put("diff_scan_condition", never).build())
                .build();
    }

    private void addScan(Plan scan, Term term, boolean fetches) {
        operators.add(scanned(scan));
        if (fetches) {
            add("fetch", collection(term).build(), scan, profiler == null ? null : profiler.fetch(scan));
        }
    }

    /** A scan of an index or of ids, or several of them. */
    private Operator scanned(Plan scan) {
        OperatorStats stats = profiler == null ? null : profiler.stats(scan);
        double rows = estimates.of(scan);
        return switch (scan) {
            case Plan.IdScan ids -> new Operator("idScan", ids(ids), rows, List.of(), stats);
            case Plan.IndexScan index ->
                new Operator("indexScan", IndexScanText.of(index, text), rows, List.of(), stats);
            case Plan.UnionScan union ->
                new Operator("unionScan", Value.Struct.EMPTY, rows, children(union.scans()), stats);
            case Plan.IntersectScan intersect ->
                new Operator("intersectScan", Value.Struct.EMPTY, rows, children(intersect.scans()), stats);
            default -> throw new AssertionError(scan);
        };
    }

    private List<Operator> children(List<? extends Plan> scans) {
        List<Operator> children = new ArrayList<>();
        for (Plan scan : scans) {
            children.add(scanned(scan));
        }
        return children;
    }

    private Value.Struct ids(Plan.IdScan scan) {
        Value.Struct.Builder attributes = collection(scan.term());
        switch (scan.ids()) {
            case Plan.Ids.One(Compiled value) -> attributes.put("ids", text.texts(List.of(value)));
            case Plan.Ids.Several(List<Compiled> values) -> attributes.put("ids", text.texts(values));
            case Plan.Ids.Hinted(List<Compiled> values) -> attributes.put("ids", text.texts(values));
            case Plan.Ids.Elements(Compiled array) -> attributes.put("expression", text.text(array));
            case Plan.Ids.HintedList(Compiled array) -> attributes.put("expression", text.text(array));
        }
        return attributes.build();
    }

    private void add(String name, Value.Struct attributes, Plan plan) {
        add(name, attributes, plan, profiler == null ? null : profiler.stats(plan));
    }

    private void add(String name, Value.Struct attributes, Plan plan, @Nullable OperatorStats stats) {
        operators.add(new Operator(name, attributes, estimates.of(plan), List.of(), stats));
    }
}
