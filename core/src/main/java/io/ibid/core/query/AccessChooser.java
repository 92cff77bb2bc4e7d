package io.ibid.core.query;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.function.Arithmetic;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses for one execution how the rows of a FROM term are found: prices whatever its indexes allow and takes the cheapest. Prices are
 * in documents read by a scan, from estimates that the source gives without reading, so they are rough: they are meant to tell one row
 * from a thousand, not to tell nine from ten. That is also why a scan has to be much cheaper than an index to be taken instead.
 */
final class AccessChooser {
    /** What a scan has to be cheaper by. */
    static final double SCAN_START = 2000;

    static final double SCANNED_DOCUMENT = 1;
    private static final double FETCHED_DOCUMENT = 4;
    private static final double ENTRY = 0.4;
    private static final double SPAN = 3;
    private static final double SORTED_ROW = 1.5;

    /** Spans that are asked for their size; the others are taken for like them. */
    static final int SPANS_ESTIMATED_MAX = 8;

    private final Access access;
    private final Demand demand;
    private final Source source;
    private final Scope scope;
    private final Access.Candidates candidates;
    private final List<Restriction> restrictions;
    private final double limit;
    private final boolean exact;
    private double total;
    private @Nullable List<Row> sample;

    private AccessChooser(Access access, Demand demand, Source source, Scope scope, boolean exact) {
        this.exact = exact;
        this.access = access;
        this.demand = demand;
        this.source = source;
        this.scope = scope;
        candidates = access.candidates(source.indexes());
        restrictions =
                access.conditions().stream().map(Access.Condition::restriction).toList();
        limit = rowsNeeded();
    }

    /**
     * What was chosen.
     *
     * @param rows the rows that meet all conditions
     * @param ordered whether they come in the order that was demanded
     * @param presorted by how many of the first keys of that order they are sorted, when it is of use
     * @param cost its price, or when it was not needed a bound of it; 0 when there was no choice
     */
    record Choice(Plan rows, boolean ordered, int presorted, double cost) {}

    /** One way to find the rows; {@code covered} by number of the condition: the scan gives only rows that meet it. */
    record Option(Plan scan, boolean[] covered, double entries, boolean ordered, int presorted, double cost) {
        Option(Plan scan, boolean[] covered, double entries, boolean ordered, double cost) {
            this(scan, covered, entries, ordered, 0, cost);
        }
    }

    /** The choice for an execution, made without looking at anything that cannot change it. */
    static Choice choose(Access access, Demand demand, Source source, Scope scope) {
        return choose(access, demand, source, scope, false);
    }

    /** The choice with its price. */
    static Choice price(Access access, Demand demand, Source source, Scope scope) {
        return choose(access, demand, source, scope, true);
    }

    private static Choice choose(Access access, Demand demand, Source source, Scope scope, boolean exact) {
        IndexOrder byId = demand.order() == null ? IndexOrder.NONE : IndexOrder.of(List.of(), 0, demand.order());
        if (access.isSettled()) {
            boolean ordered = byId == IndexOrder.FORWARD && access.isSorted();
            return new Choice(access.plain(), ordered || demand.takesAnyOrder(), 0, 0);
        }
        AccessChooser chooser = new AccessChooser(access, demand, source, scope, exact);
        chooser.candidates
                .unknown()
                .forEach(name -> scope.warnings()
                        .add("there is no index " + name + " on "
                                + access.term().qualifiedName()));
        return chooser.choose(byId);
    }

    private Choice choose(IndexOrder byId) {
        if (candidates.indexes().isEmpty() && !access.isInner()) {
            Option scan = ScanWay.of(this, access, source, byId, false);
            return new Choice(
                    access.filtered(scan.scan(), uncovered(scan.covered())),
                    scan.ordered() || demand.takesAnyOrder(),
                    0,
                    Double.POSITIVE_INFINITY);
        }
        total = source.count(access.term().collection());
        List<Way> ways = new ArrayList<>();
        for (IndexShape index : candidates.indexes()) {
            Way way = way(index, restrictions, demand);
            if (way != null) {
                ways.add(way);
            }
        }
        boolean alone = !exact
                && ways.size() == 1
                && !access.isInner()
                && restrictions.stream().noneMatch(restriction -> restriction instanceof Restriction.Any);
        List<Option> options = new ArrayList<>();
        for (Way way : ways) {
            options.add(option(way, restrictions, demand, alone));
        }
        List<Option> singles = List.copyOf(options);
        IndexCombinations combinations = new IndexCombinations(this, access, candidates.indexes(), restrictions);
        if (access.isInner()) {
            options.addAll(combinations.lookups());
        }
        options.addAll(combinations.unions());
        options.addAll(combinations.intersections(singles));
        if (access.directives().preferOrder()
                && !demand.takesAnyOrder()
                && singles.stream().anyMatch(Option::ordered)) {
            options.removeIf(option -> !option.ordered());
        } else if (!access.isInner() && (access.directives().indexes() == null || options.isEmpty())) {
            options.add(ScanWay.of(this, access, source, byId, true));
        }
        if (options.isEmpty()) {
            return new Choice(
                    access.plain(), byId == IndexOrder.FORWARD || demand.takesAnyOrder(), 0, Double.POSITIVE_INFINITY);
        }
        Option best = options.getFirst();
        for (Option option : options) {
            best = option.cost() < best.cost() ? option : best;
        }
        return new Choice(
                access.filtered(best.scan(), uncovered(best.covered())),
                best.ordered() || demand.takesAnyOrder(),
                best.presorted(),
                best.cost());
    }

    static List<Integer> uncovered(boolean[] covered) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < covered.length; i++) {
            if (!covered[i]) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    /** The way by one index, null when it is of no use. */
    @Nullable
    Option single(IndexShape index, List<Restriction> conditions, Demand demanded) {
        Way way = way(index, conditions, demanded);
        return way == null ? null : option(way, conditions, demanded, false);
    }

    /** What an index is good for, before it is asked for how many entries. */
    private record Way(
            IndexShape index, IndexSpans spans, IndexOrder order, int presorted, Plan.@Nullable Covering covering) {

        boolean isOrdered() {
            return order != IndexOrder.NONE && presorted == 0;
        }
    }

    private @Nullable Way way(IndexShape index, List<Restriction> conditions, Demand demanded) {
        IndexSpans spans = spans(index, conditions);
        if (spans == null || (spans.includeMissing() && !index.includeMissing())) {
            return null;
        }
        List<Demand.OrderKey> wanted = demanded.order();
        IndexOrder order = wanted == null ? IndexOrder.NONE : IndexOrder.of(index.keys(), spans.fixedKeys(), wanted);
        boolean ordered = order != IndexOrder.NONE;
        int presorted = 0;
        if (!ordered && wanted != null && !exact && limit < Double.POSITIVE_INFINITY && isConstant(index, conditions)) {
            IndexOrder.Beginning beginning = IndexOrder.beginning(index.keys(), spans.fixedKeys(), wanted);
            if (beginning.direction() != IndexOrder.NONE) {
                order = beginning.direction();
                presorted = beginning.keys();
            }
        }
        FieldUse use = demanded.use();
        for (int number : uncovered(spans.covered())) {
            use = use.and(access.conditions().get(number).use());
        }
        Plan.Covering covering =
                access.term().typing().equals(Typing.FLEXIBLE) && use.isCoveredBy(index) ? covering(index, use) : null;
        boolean helps = covering != null || presorted > 0 || (ordered && !demanded.takesAnyOrder());
        return spans.keys() == 0 && (access.isInner() || !helps)
                ? null
                : new Way(index, spans, order, presorted, covering);
    }

    /** @param alone whether there is no other index, so that nothing needs to be known that cannot change the choice */
    private Option option(Way way, List<Restriction> conditions, Demand demanded, boolean alone) {
        IndexShape index = way.index();
        List<Span> spans = way.spans().spans();
        boolean[] covered = way.spans().covered();
        boolean reverse = way.order() == IndexOrder.REVERSE;
        boolean known = isConstant(index, conditions);
        double each = ENTRY + (way.covering() == null ? FETCHED_DOCUMENT : 0);
        double costMax = cost(total, spans.size(), each, covered, way.isOrdered());
        boolean estimated = !(alone && known && costMax < SCAN_START);
        double entries = !estimated ? total : known ? estimate(index, spans) : sought(index, conditions);
        Plan scan = new Plan.IndexScan(
                access.term(),
                access.index(),
                index,
                known
                        ? new Plan.Spans.Known(way.spans().inDirection(reverse))
                        : new Plan.Spans.Sought(conditions, access.directives()),
                reverse,
                way.covering(),
                demanded.moves(index),
                estimated ? entries : Double.NaN);
        double cost = estimated ? cost(entries, spans.size(), each, covered, way.isOrdered()) : costMax;
        double byRuns = way.presorted() == 0 ? cost : costOfRuns(way, entries, each);
        return byRuns < cost
                ? new Option(scan, covered, entries, false, way.presorted(), byRuns)
                : new Option(scan, covered, entries, way.isOrdered(), cost);
    }

    /**
     * What it costs to have the first rows when the index gives only the beginning of their order, so that all rows have to be read that
     * agree in it with the last one. How many that are, the first of them tell.
     */
    private double costOfRuns(Way way, double entries, double each) {
        IndexShape index = way.index();
        List<Span> spans = way.spans().inDirection(way.order() == IndexOrder.REVERSE);
        double run = 0;
        if (!spans.isEmpty()) {
            try (IndexRows rows = source.scanIndex(
                    index,
                    spans.getFirst(),
                    way.order() == IndexOrder.REVERSE,
                    access.term().typing())) {
                if (rows.next()) {
                    run = source.estimate(index, new Span(List.of(rows.key(0)), null, null));
                }
            }
        }
        double needed = limit / Math.max(share(way.spans().covered()), 1.0 / Math.max(1, total));
        double read = Math.min(entries, needed + run);
        return spans.size() * SPAN + read * (each + SORTED_ROW);
    }

    private static Plan.Covering covering(IndexShape index, FieldUse use) {
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < index.keys().size(); i++) {
            IndexShape.Key key = index.keys().get(i);
            if (!FieldUse.isOfId(key.path()) && use.paths().stream().anyMatch(path -> path.startsWith(key.path()))) {
                keys.add(i);
            }
        }
        return new Plan.Covering(keys, use.readsId());
    }

    /** Null when the operands of the conditions cannot be evaluated; then the first row that is tested will tell. */
    @Nullable
    IndexSpans spans(IndexShape index, List<Restriction> conditions) {
        if (!isConstant(index, conditions)) {
            SoughtSpans sought = SoughtSpans.of(index, conditions);
            return new IndexSpans(List.of(Span.ALL), sought.keys(), 0, sought.covered(), sought.includeMissing());
        }
        try {
            return IndexSpans.of(index, conditions, scope, access.directives());
        } catch (IbidException failure) {
            return null;
        }
    }

    /** Whether the spans of an index depend on no row of another term. */
    static boolean isConstant(IndexShape index, List<Restriction> conditions) {
        boolean[] constant = {true};
        for (Restriction condition : conditions) {
            condition.forEachTest(test -> constant[0] &= test.constant()
                    || index.keys().stream().noneMatch(key -> key.path().equals(test.path())));
        }
        return constant[0];
    }

    private double estimate(IndexShape index, List<Span> spans) {
        int asked = Math.min(spans.size(), SPANS_ESTIMATED_MAX);
        double entries = 0;
        for (Span span : spans.subList(0, asked)) {
            entries += span.equals(Span.ALL) ? total : source.estimate(index, span);
        }
        return Math.min(asked == 0 ? 0 : entries * spans.size() / asked, total);
    }

    private double sought(IndexShape index, List<Restriction> conditions) {
        return SoughtSpans.of(index, conditions).entries(index, conditions, sample(), total, source);
    }

    /** None where there is no choice that it could tell anything about. */
    private List<Row> sample() {
        List<Row> known = sample;
        if (known == null) {
            known = candidates.indexes().size() > 1
                    ? SoughtSpans.sample(access.term().collection(), source)
                    : List.of();
            sample = known;
        }
        return known;
    }

    /** The share of rows that meet the conditions that a scan does not cover, roughly. */
    double share(boolean[] covered) {
        double share = 1;
        for (int number : uncovered(covered)) {
            share *= access.conditions().get(number).share();
        }
        return share;
    }

    /** What it costs to have as many rows as are needed, sorted if they have to be. */
    double cost(double entries, int spans, double each, boolean[] covered, boolean ordered) {
        double rows = entries * share(covered);
        boolean streams = ordered || demand.takesAnyOrder();
        double read = streams && rows > limit ? entries * limit / rows : entries;
        boolean sorted = !streams && demand.order() != null;
        return spans * SPAN + read * each + (sorted ? rows * SORTED_ROW : 0);
    }

    /** How many ids there are. */
    double count(Plan.Ids ids) {
        return new RowEstimates(source, scope).ids(ids);
    }

    double fetchCost() {
        return FETCHED_DOCUMENT;
    }

    double entryCost() {
        return ENTRY;
    }

    SortedSet<Path> changed() {
        return demand.changed();
    }

    double total() {
        return total;
    }

    List<Restriction> restrictions() {
        return restrictions;
    }

    private double rowsNeeded() {
        Plan.Bounds bounds = demand.bounds();
        if (bounds == null || bounds.limit() == null) {
            return Double.POSITIVE_INFINITY;
        }
        return bound(bounds.limit(), Double.POSITIVE_INFINITY) + bound(bounds.offset(), 0);
    }

    /** What is wrong with a bound is said when the plan is run. */
    private double bound(@Nullable Compiled bound, double otherwise) {
        try {
            return bound != null && Arithmetic.wholeAsInteger(bound.evaluate(scope)) instanceof Value.Int(long number)
                    ? number
                    : otherwise;
        } catch (IbidException failure) {
            return otherwise;
        }
    }
}
