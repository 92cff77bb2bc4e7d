package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_EVALUATION;
import static io.ibid.core.error.ErrorCode.QUERY_UNSUPPORTED;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Command.Projection;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Printer;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Binds and plans one SELECT. Lives as long as the planning. */
final class SelectPlanner {
    private final Preparation preparation;
    private final Command.Select select;
    private final Binder binder;
    private final Compiler compiler;
    private final List<Term> terms;
    private final List<String> aliases;
    private @Nullable Grouping grouping;

    private SelectPlanner(Preparation preparation, Command.Select select, List<Term> terms) {
        this.preparation = preparation;
        this.select = select;
        this.compiler = preparation.compiler();
        this.terms = terms;
        this.aliases = terms.stream().map(Term::alias).toList();
        this.binder = preparation.binder(terms);
    }

    static Program.Select plan(Preparation preparation, Command.Select select) {
        FromClause from = new FromClause(preparation, select);
        return new SelectPlanner(preparation, select, from.terms()).plan(from);
    }

    /** The plan of RETURNING: a projection over the documents that the mutation touched. */
    static Plan planReturning(Preparation preparation, Command.Returning returning, Term target) {
        Command.Select select = new Command.Select(
                returning.at(),
                null,
                false,
                returning.projections(),
                null,
                List.of(),
                null,
                null,
                null,
                Command.Range.ALL);
        SelectPlanner planner = new SelectPlanner(preparation, select, List.of(target));
        List<Item> items = planner.items();
        Plan rows = new Plan.Given(0);
        if (items.stream().anyMatch(item -> item.bound() != null && Grouping.isAggregate(item.bound()))) {
            planner.grouping = new Grouping(preparation.text(), planner.compiler, planner.aliases, List.of());
            Projector projector = planner.projector(items);
            return new Plan.Project(new Plan.Group(rows, List.of(), planner.grouping.aggregations()), projector);
        }
        return new Plan.Project(rows, planner.projector(items));
    }

    private Program.Select plan(FromClause from) {
        Expression where = select.where() == null ? null : binder.bind(select.where(), "WHERE");
        FromClause.Conditions conditions = from.new Conditions(binder, where);
        List<Item> items = items();
        Expression having = select.having() == null ? null : binder.bindAggregating(select.having());
        List<Expression> orderKeys = orderKeys(items);
        boolean grouped = select.grouping() != null
                || having != null
                || items.stream().anyMatch(item -> item.bound() != null && Grouping.isAggregate(item.bound()))
                || orderKeys.stream().anyMatch(Grouping::isAggregate);
        if (grouped) {
            grouping = new Grouping(preparation.text(), compiler, aliases, groupKeys());
        }
        requireDistinctOrder(items, orderKeys);

        Projector projector = projector(items);
        if (preparation.isObserved() && terms.size() > 1 && grouping == null && !select.distinct()) {
            projector = new Projector.Identified(projector, aliases);
        }
        Compiled havingCondition = having == null
                ? null
                : compiled(having, "HAVING clause terms must depend only on group keys or aggregates");
        List<Plan.SortKey> sortKeys = sortKeys(orderKeys);
        Plan.Bounds bounds = preparation.bounds(select.range(), binder);
        List<FieldUse> uses = uses(items, having, orderKeys);
        Selection selection = new Selection(
                conditions.firstAccess(),
                demand(conditions.use(0, uses.getFirst()), sortKeys, bounds),
                conditions.joins(uses),
                grouping == null ? null : new Selection.Groups(grouping.keys(), grouping.aggregations()),
                havingCondition,
                projector,
                select.distinct(),
                sortKeys,
                bounds,
                null);
        Term term = terms.getFirst();
        if (grouping != null
                && where == null
                && terms.size() == 1
                && !term.system()
                && term.hints().isEmpty()
                && grouping.asksOnlyForTheCount()) {
            selection = selection.settledOn(
                    new Plan.CountScan(term, grouping.aggregations().size()));
        }
        return new Program.Select(selection);
    }

    /** What is read of each term beyond the conditions. */
    private List<FieldUse> uses(List<Item> items, @Nullable Expression having, List<Expression> orderKeys) {
        List<Expression> read = new ArrayList<>(orderKeys);
        read.addAll(groupKeys());
        if (having != null) {
            read.add(having);
        }
        items.stream().map(Item::bound).filter(Objects::nonNull).forEach(read::add);
        if (preparation.isObserved()) {
            for (int i = 0; i < terms.size(); i++) {
                read.add(new Expression.Field(select.at(), i, SourcePlanner.ID));
            }
        }
        List<FieldUse> uses = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            int term = i;
            uses.add(
                    items.stream().anyMatch(item -> isWildcardOf(item, term))
                            ? FieldUse.WHOLE
                            : FieldUse.of(term, read));
        }
        return uses;
    }

    private boolean isWildcardOf(Item item, int term) {
        return switch (item.written()) {
            case Projection.Everything everything -> true;
            case Projection.EverythingOf(int at, String alias) -> alias.equals(aliases.get(term));
            default -> false;
        };
    }

    private Demand demand(FieldUse use, List<Plan.SortKey> sortKeys, Plan.Bounds bounds) {
        boolean streams = grouping == null && !select.distinct();
        return new Demand(
                grouping == null ? Demand.order(sortKeys, 0) : List.of(),
                use,
                streams ? bounds : null,
                new TreeSet<>());
    }

    /** One element of the projection, bound where it is an expression. */
    private record Item(Projection written, @Nullable Expression bound, String name) {
        boolean isWildcard() {
            return written instanceof Projection.Everything || written instanceof Projection.EverythingOf;
        }
    }

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        boolean alone = select.projections().size() == 1;
        for (int i = 0; i < select.projections().size(); i++) {
            Projection projection = select.projections().get(i);
            switch (projection) {
                case Projection.Everything(int at) -> {
                    if (!alone) {
                        throw error(
                                QUERY_UNSUPPORTED, "unqualified * with other projection elements is not supported", at);
                    }
                    items.add(new Item(projection, null, "*"));
                }
                case Projection.EverythingOf(int at, String alias) -> {
                    if (!aliases.contains(alias)) {
                        throw error(QUERY_EVALUATION, Binder.unknown("alias", alias, aliases), at);
                    }
                    items.add(new Item(projection, null, "*"));
                }
                case Projection.Column(int at, Expression expression, String alias) -> {
                    Expression bound = binder.bindAggregating(expression);
                    items.add(new Item(projection, bound, alias == null ? implicitName(expression, i) : alias));
                }
                case Projection.Without without -> items.add(new Item(projection, null, ""));
            }
        }
        return items;
    }

    /** A path is called like its last key, anything else by its place in the list. */
    private static String implicitName(Expression expression, int index) {
        return expression instanceof Expression.Names names ? names.names().getLast() : "($" + (index + 1) + ")";
    }

    private List<Expression> orderKeys(List<Item> items) {
        if (select.range().order().isEmpty()) {
            return List.of();
        }
        Map<String, Expression> aliases = new LinkedHashMap<>();
        for (Item item : items) {
            if (item.written() instanceof Projection.Column column && column.alias() != null && item.bound() != null) {
                aliases.put(column.alias(), item.bound());
            }
        }
        List<Expression> keys = new ArrayList<>();
        for (Command.OrderTerm order : select.range().order()) {
            keys.add(binder.bindOrder(order.key(), aliases));
        }
        return keys;
    }

    private List<Expression> groupKeys() {
        if (select.grouping() == null) {
            return List.of();
        }
        return select.grouping().keys().stream()
                .map(key -> binder.bind(key, "GROUP BY"))
                .toList();
    }

    private void requireDistinctOrder(List<Item> items, List<Expression> orderKeys) {
        if (!select.distinct()) {
            return;
        }
        TreeSet<String> projected = new TreeSet<>();
        for (Item item : items) {
            if (item.bound() != null) {
                projected.add(Printer.print(item.bound(), aliases));
            }
        }
        for (Expression key : orderKeys) {
            boolean path = items.stream().anyMatch(item -> isPathOf(item, key));
            if (!path && !projected.contains(Printer.print(key, aliases))) {
                throw error(
                        QUERY_EVALUATION,
                        "with DISTINCT an ORDER BY term must be an alias or equal a projected expression",
                        key.at());
            }
        }
    }

    /** Whether that is a path into what a wildcard answers. */
    private boolean isPathOf(Item item, Expression key) {
        return switch (key) {
            case Expression.Field field -> isWildcardOf(item, field.term());
            case Expression.WholeDocument document -> isWildcardOf(item, document.term());
            case Expression.Unqualified field -> item.written() instanceof Projection.Everything;
            default -> false;
        };
    }

    private List<Plan.SortKey> sortKeys(List<Expression> orderKeys) {
        List<Plan.SortKey> keys = new ArrayList<>();
        for (int i = 0; i < orderKeys.size(); i++) {
            Compiled key = compiled(orderKeys.get(i), "ORDER BY terms must depend only on group keys or aggregates");
            keys.add(new Plan.SortKey(key, select.range().order().get(i).descending()));
        }
        return keys;
    }

    private Compiled compiled(Expression bound, String complaint) {
        Expression expression = grouping == null ? bound : grouping.rewrite(bound, complaint);
        return new Compiled(expression, compiler.compile(expression));
    }

    private Projector projector(List<Item> items) {
        boolean wildcard = items.stream().anyMatch(Item::isWildcard);
        if (wildcard && grouping != null) {
            throw error(
                    QUERY_EVALUATION,
                    "Projection \"*\" must depend only on group keys or aggregates",
                    items.getFirst().written().at());
        }
        if (items.size() == 1 && items.getFirst().written() instanceof Projection.Everything && terms.size() > 1) {
            return Projector.Together.of(aliases);
        }
        if (items.size() == 1 && wildcard) {
            return new Projector.Document(wildcardTerm(items.getFirst()));
        }
        List<Projector.Column> columns = new ArrayList<>();
        for (Item item : items) {
            if (item.bound() != null) {
                Compiled value = compiled(
                        item.bound(),
                        "Projection \"" + item.name() + "\" must depend only on group keys or aggregates");
                columns.add(new Projector.Named(item.name(), value));
            } else if (item.isWildcard()) {
                columns.add(new Projector.Wildcard(wildcardTerm(item), excluded(items, wildcardTerm(item))));
            } else if (!wildcard) {
                throw error(
                        QUERY_EVALUATION,
                        "MISSING leaves a field out of a wildcard; there must be one, " + aliases.getFirst() + ".*",
                        item.written().at());
            }
        }
        return new Projector.Columns(columns);
    }

    private int wildcardTerm(Item item) {
        return item.written() instanceof Projection.EverythingOf(int at, String alias) ? aliases.indexOf(alias) : 0;
    }

    /** What is left out of a term's document: what is named with its alias, or with none. */
    private List<Path> excluded(List<Item> items, int term) {
        List<Path> excluded = new ArrayList<>();
        for (Item item : items) {
            if (item.written() instanceof Projection.Without(int at, List<String> names)) {
                int qualifier = names.size() > 1 ? aliases.indexOf(names.getFirst()) : -1;
                if (qualifier < 0 || qualifier == term) {
                    excluded.add(new Path(qualifier < 0 ? names : names.subList(1, names.size())));
                }
            }
        }
        return excluded;
    }

    private QueryException error(ErrorCode code, String message, int at) {
        return QueryException.at(code, message, preparation.text(), at);
    }
}
