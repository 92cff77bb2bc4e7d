package io.ibid.core.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement makes of the rows of its FROM terms, from their conditions to their answers. Immutable: the {@link Plan} is made for
 * each execution, because where rows come from, and whether they come sorted, depends on its source and arguments.
 *
 * @param access how the rows of the first term are found
 * @param joins how those of the others are
 * @param grouping null for a statement that does not group
 * @param having the condition on groups
 * @param projector makes the answers; null in a mutation, which takes the rows as they are
 * @param settled the whole plan, when no source and no argument can change it
 */
record Selection(
        Access access,
        Demand demand,
        List<Joined> joins,
        @Nullable Groups grouping,
        @Nullable Compiled having,
        @Nullable Projector projector,
        boolean distinct,
        List<Plan.SortKey> sortKeys,
        Plan.Bounds bounds,
        @Nullable Plan settled) {

    /** GROUP BY and the aggregates. */
    record Groups(List<Compiled> keys, List<Plan.Aggregation> aggregations) {}

    /** By their numbers. */
    List<Term> terms() {
        List<Term> terms = new ArrayList<>();
        terms.add(access.term());
        joins.forEach(join -> terms.add(join.access().term()));
        return terms;
    }

    Plan plan(Source source, Scope scope) {
        if (settled != null) {
            return settled;
        }
        AccessChooser.Choice choice = AccessChooser.choose(access, demand, source, scope);
        Plan rows = choice.rows();
        for (Joined join : joins) {
            rows = join.over(rows, source, scope);
        }
        return over(rows, choice.ordered() && grouping == null, choice.presorted());
    }

    /** The plan over rows that meet the conditions; presorted by so many sort keys, which they are only where nothing groups. */
    private Plan over(Plan rows, boolean ordered, int presorted) {
        Plan plan = grouping == null || rows instanceof Plan.CountScan
                ? rows
                : new Plan.Group(rows, grouping.keys(), grouping.aggregations());
        if (having != null) {
            plan = new Plan.Filter(plan, having, Restriction.OPAQUE_SHARE);
        }
        if (distinct && projector != null) {
            plan = new Plan.Distinct(new Plan.Project(plan, projector));
        }
        if (!sortKeys.isEmpty() && !ordered) {
            plan = new Plan.Sort(plan, sortKeys, bounds, presorted);
        }
        if (!bounds.areOpen()) {
            plan = new Plan.Slice(plan, bounds);
        }
        return distinct || projector == null ? plan : new Plan.Project(plan, projector);
    }

    /** The same over a plan of its own for the rows. */
    Selection settledOn(Plan rows) {
        return new Selection(
                access, demand, joins, grouping, having, projector, distinct, sortKeys, bounds, over(rows, false, 0));
    }
}
