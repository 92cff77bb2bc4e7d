package io.ibid.core.query;

import io.ibid.core.query.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one FROM term can be found, as far as the statement alone decides it. Which index is used is chosen for each
 * execution, because that depends on its arguments and on the indexes of its {@link Source}. Immutable but for what it remembers of the
 * last catalogue; any thread.
 */
final class Access {
    private final Term term;
    private final int index;
    private final Plan base;
    private final boolean byId;
    private final List<Condition> conditions;
    private final Directives directives;
    private final boolean narrowsIds;
    private volatile @Nullable Candidates candidates;

    /**
     * @param base the rows without any index: a scan, or a lookup of ids
     * @param byId whether the base looks ids up, which no index does better
     * @param conditions what rows have to meet besides, all of them
     */
    Access(Term term, int index, Plan base, boolean byId, List<Condition> conditions, Directives directives) {
        this.term = term;
        this.index = index;
        this.base = base;
        this.byId = byId;
        this.conditions = List.copyOf(conditions);
        this.directives = directives;
        narrowsIds = index == 0
                && !byId
                && !term.system()
                && conditions.stream()
                        .anyMatch(condition -> condition.restriction().restricts(SourcePlanner.ID));
    }

    /** One operand of the AND that rows have to meet. */
    record Condition(Compiled test, Restriction restriction, FieldUse use, double share) {}

    Term term() {
        return term;
    }

    int index() {
        return index;
    }

    Directives directives() {
        return directives;
    }

    List<Condition> conditions() {
        return conditions;
    }

    Plan base() {
        return base;
    }

    /** Whether there is nothing to choose. */
    boolean isSettled() {
        return byId || term.system();
    }

    /** Whether rows of an earlier term are at hand, for each of which this one is asked. */
    boolean isInner() {
        return index > 0;
    }

    /** Whether an inner term may be read as a whole for each of these rows: nobody does that unless told to. */
    boolean mayBeScanned() {
        return directives.indexes() != null && directives.indexes().isEmpty();
    }

    /** Whether the conditions allow some ids only, as far as that is of use here. */
    boolean narrowsIds() {
        return narrowsIds;
    }

    /** Whether the rows come in the order of their ids. */
    boolean isSorted() {
        return base instanceof Plan.Scan
                || (base instanceof Plan.IdScan scan
                        && !(scan.ids() instanceof Plan.Ids.Hinted)
                        && !(scan.ids() instanceof Plan.Ids.HintedList));
    }

    /** The indexes that may be of use, found anew when there are others than last time. */
    @SuppressWarnings("ReferenceEquality") // a catalogue is the same as long as its indexes are
    Candidates candidates(IndexCatalogue catalogue) {
        Candidates known = candidates;
        if (known == null || known.catalogue() != catalogue) {
            known = Candidates.of(catalogue, catalogue.of(term.collection()), directives);
            candidates = known;
        }
        return known;
    }

    /**
     * The indexes of a catalogue that may be used.
     *
     * @param unknown the names that directives ask for and that are not there
     */
    record Candidates(IndexCatalogue catalogue, List<IndexShape> indexes, List<String> unknown) {

        static Candidates of(IndexCatalogue catalogue, List<IndexShape> all, Directives directives) {
            List<String> wanted = directives.indexes();
            if (wanted == null || wanted.isEmpty()) {
                return new Candidates(catalogue, directives.forbidIndexes() ? List.of() : all, List.of());
            }
            List<String> unknown = new ArrayList<>(wanted);
            all.forEach(index -> unknown.remove(index.name()));
            List<IndexShape> allowed =
                    all.stream().filter(index -> wanted.contains(index.name())).toList();
            List<IndexShape> usable = directives.indexScans() ? (allowed.isEmpty() ? all : allowed) : List.of();
            return new Candidates(catalogue, usable, unknown);
        }
    }

    /** Lets through those rows that meet the conditions of those numbers. */
    Plan filtered(Plan rows, List<Integer> numbers) {
        if (numbers.isEmpty()) {
            return rows;
        }
        if (numbers.size() == 1) {
            Condition only = conditions.get(numbers.getFirst());
            return new Plan.Filter(rows, only.test(), only.share());
        }
        List<Expression> expressions = new ArrayList<>(numbers.size());
        Evaluator[] evaluators = new Evaluator[numbers.size()];
        double share = 1;
        for (int i = 0; i < evaluators.length; i++) {
            Condition condition = conditions.get(numbers.get(i));
            expressions.add(condition.test().expression());
            evaluators[i] = condition.test().evaluator();
            share *= condition.share();
        }
        Expression all = new Expression.And(expressions.getFirst().at(), expressions);
        return new Plan.Filter(rows, new Compiled(all, OperatorCompiler.conjunction(evaluators)), share);
    }

    /** The rows without any index. */
    Plan plain() {
        List<Integer> all = new ArrayList<>(conditions.size());
        for (int i = 0; i < conditions.size(); i++) {
            all.add(i);
        }
        return filtered(base, all);
    }
}
