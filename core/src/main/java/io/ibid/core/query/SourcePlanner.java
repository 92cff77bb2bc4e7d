package io.ibid.core.query;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Expression.Operator;
import io.ibid.core.value.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how the rows of one FROM term are found. A condition that says which ids are wanted becomes a lookup of these; all other
 * conditions filter. This is where access paths by index will be chosen.
 */
final class SourcePlanner {
    private static final Path ID = Path.of("_id");

    private final Binder binder;
    private final Compiler compiler;
    private final Warnings warnings;
    private final Map<String, String> arrayWarnings;

    SourcePlanner(Binder binder, Compiler compiler, Warnings warnings, Map<String, String> arrayWarnings) {
        this.binder = binder;
        this.compiler = compiler;
        this.warnings = warnings;
        this.arrayWarnings = arrayWarnings;
    }

    /** The rows of the only term that meet the bound condition; null is no condition. */
    Plan plan(Term term, @Nullable Expression where) {
        List<Expression> conditions = new ArrayList<>();
        if (where != null) {
            split(where, conditions);
        }
        Plan.Ids ids = hintedIds(term);
        if (ids == null && !term.system()) {
            ids = takeIds(conditions);
        }
        return filtered(scan(term, ids), where, conditions);
    }

    private Plan scan(Term term, Plan.@Nullable Ids ids) {
        if (term.system()) {
            if (ids != null) {
                return new Plan.Filter(new Plan.SystemScan(term, 0), idCondition(ids));
            }
            return new Plan.SystemScan(term, 0);
        }
        return ids == null ? new Plan.Scan(term, 0) : new Plan.IdScan(term, 0, ids);
    }

    /** System collections have no lookup by id, so their USE IDS is a condition like any other. */
    private Compiled idCondition(Plan.Ids ids) {
        Expression id = new Expression.Field(0, 0, ID);
        Expression condition = switch (ids) {
            case Plan.Ids.Hinted(List<Compiled> values) ->
                new Expression.InList(
                        0, id, false, values.stream().map(Compiled::expression).toList());
            case Plan.Ids.HintedList(Compiled array) ->
                new Expression.InArray(array.at(), id, false, array.expression());
            default -> throw new AssertionError(ids);
        };
        return compiled(condition);
    }

    private Plan filtered(Plan input, @Nullable Expression where, List<Expression> rest) {
        if (where == null || rest.isEmpty()) {
            return input;
        }
        Expression condition = rest.size() == 1 ? rest.getFirst() : new Expression.And(where.at(), rest);
        return new Plan.Filter(input, compiled(condition));
    }

    private static void split(Expression condition, List<Expression> parts) {
        if (condition instanceof Expression.And and) {
            and.operands().forEach(operand -> split(operand, parts));
        } else {
            parts.add(condition);
        }
    }

    /** Takes the first condition out that names ids; what it says is then said by the scan. */
    private Plan.@Nullable Ids takeIds(List<Expression> conditions) {
        for (int i = 0; i < conditions.size(); i++) {
            Plan.Ids ids = idsOf(conditions.get(i));
            if (ids != null) {
                conditions.remove(i);
                return ids;
            }
        }
        return null;
    }

    private Plan.@Nullable Ids idsOf(Expression condition) {
        return switch (condition) {
            case Expression.Operation(int at, Operator operator, Expression left, Expression right)
            when operator == Operator.EQUAL -> {
                Expression value = isId(left) ? right : isId(right) ? left : null;
                yield value != null && Compiler.isRowIndependent(value) ? new Plan.Ids.One(compiled(value)) : null;
            }
            case Expression.InList(int at, Expression operand, boolean negated, List<Expression> elements)
            when !negated && isId(operand) && elements.stream().allMatch(Compiler::isRowIndependent) ->
                new Plan.Ids.Several(elements.stream().map(this::compiled).toList());
            case Expression.InArray(int at, Expression operand, boolean negated, Expression array)
            when !negated && isId(operand) && Compiler.isRowIndependent(array) ->
                new Plan.Ids.Elements(compiled(array));
            default -> null;
        };
    }

    private static boolean isId(Expression expression) {
        return expression instanceof Expression.Field field && field.path().equals(ID);
    }

    private Plan.@Nullable Ids hintedIds(Term term) {
        Plan.Ids ids = null;
        for (Command.Hint hint : term.hints()) {
            switch (hint) {
                case Command.Hint.Ids(int at, List<Expression> values) -> {
                    if (values.size() == 1 && values.getFirst() instanceof Expression.Parameter parameter) {
                        String name = parameter.name();
                        arrayWarnings.put(
                                name, "USE IDS :" + name + " takes the array for one id; write USE IDS LIST :" + name);
                    }
                    ids = new Plan.Ids.Hinted(values.stream()
                            .map(value -> compiled(binder.bindConstant(value, "USE IDS")))
                            .toList());
                }
                case Command.Hint.IdList(int at, Expression list) ->
                    ids = new Plan.Ids.HintedList(compiled(binder.bindConstant(list, "USE IDS")));
                case Command.Hint.Index(int at, List<String> names) ->
                    // There are no indexes yet, so every name is unknown.
                    names.forEach(name -> warnings.add(
                            "there is no index " + name + " on " + term.qualifiedName() + "; USE INDEX has no effect"));
                case Command.Hint.Directives directives -> {}
            }
        }
        return ids;
    }

    private Compiled compiled(Expression bound) {
        return new Compiled(bound, compiler.compile(bound));
    }
}
