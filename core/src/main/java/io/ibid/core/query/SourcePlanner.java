package io.ibid.core.query;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the statement alone says of where the rows of one FROM term come from. A condition that says which ids are wanted becomes a
 * lookup of these; of all others it is found what an index could do for them.
 */
final class SourcePlanner {
    static final Path ID = Path.of("_id");

    private final Binder binder;
    private final Compiler compiler;
    private final Map<String, String> arrayWarnings;

    SourcePlanner(Binder binder, Compiler compiler, Map<String, String> arrayWarnings) {
        this.binder = binder;
        this.compiler = compiler;
        this.arrayWarnings = arrayWarnings;
    }

    /**
     * The ways to the rows of a term.
     *
     * @param index the number of the term
     * @param conditions the bound conditions that the rows have to meet, all of them
     * @param isKnown by number of a term, whether its row is there when one of this term is looked for
     */
    Access access(Term term, int index, List<Expression> conditions, IntPredicate isKnown, Directives directives) {
        List<Expression> parts = new ArrayList<>(conditions);
        Restrictions restrictions =
                new Restrictions(index, isKnown, operand -> new Compiled(operand, compiler.compileQuietly(operand)));
        Plan.Ids ids = hintedIds(term);
        if (ids == null && !term.system()) {
            ids = takeIds(parts, restrictions, index > 0);
        }
        boolean settled = term.system() || ids != null;
        List<Access.Condition> asked = new ArrayList<>(parts.size());
        for (Expression part : parts) {
            Restriction restriction = settled ? Restriction.Opaque.INSTANCE : restrictions.of(part);
            FieldUse use = settled ? FieldUse.WHOLE : FieldUse.of(index, List.of(part));
            asked.add(new Access.Condition(compiled(part), restriction, use, restriction.share()));
        }
        return new Access(term, index, scan(term, index, ids), ids != null, asked, directives);
    }

    private Plan scan(Term term, int index, Plan.@Nullable Ids ids) {
        if (term.system()) {
            Plan all = new Plan.SystemScan(term, index);
            return ids == null ? all : new Plan.Filter(all, idCondition(ids, index), FieldTest.Kind.LISTED.share());
        }
        return ids == null ? new Plan.Scan(term, index) : new Plan.IdScan(term, index, ids);
    }

    /** System collections have no lookup by id, so their USE IDS is a condition like any other. */
    private Compiled idCondition(Plan.Ids ids, int index) {
        Expression id = new Expression.Field(0, index, ID);
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

    /** The conditions that have to be met all for that one to be met. */
    static List<Expression> split(@Nullable Expression condition) {
        List<Expression> parts = new ArrayList<>();
        if (condition != null) {
            split(condition, parts);
        }
        return parts;
    }

    private static void split(Expression condition, List<Expression> parts) {
        if (condition instanceof Expression.And and) {
            and.operands().forEach(operand -> split(operand, parts));
        } else {
            parts.add(condition);
        }
    }

    /**
     * Takes the first condition out that names ids; what it says is then said by the scan.
     *
     * @param single only one that names a single id, which no index can beat; an inner term would look up a long list for each row
     */
    private Plan.@Nullable Ids takeIds(List<Expression> conditions, Restrictions restrictions, boolean single) {
        for (int i = 0; i < conditions.size(); i++) {
            Plan.Ids ids = restrictions.of(conditions.get(i)) instanceof Restriction.Test(FieldTest test)
                            && (!single || test.kind() == FieldTest.Kind.EQUAL)
                    ? ids(test, operand -> compiled(operand.expression()))
                    : null;
            if (ids != null) {
                conditions.remove(i);
                return ids;
            }
        }
        return null;
    }

    /** The ids that a test asks for, null when it is no such test. */
    static Plan.@Nullable Ids ids(FieldTest test, UnaryOperator<Compiled> operand) {
        if (!test.path().equals(ID)) {
            return null;
        }
        return switch (test.kind()) {
            case EQUAL -> new Plan.Ids.One(operand.apply(test.operands().getFirst()));
            case LISTED ->
                new Plan.Ids.Several(test.operands().stream().map(operand).toList());
            case ELEMENT -> new Plan.Ids.Elements(operand.apply(test.operands().getFirst()));
            default -> null;
        };
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
                case Command.Hint.Index names -> {}
                case Command.Hint.Directives directives -> {}
            }
        }
        return ids;
    }

    private Compiled compiled(Expression bound) {
        return new Compiled(bound, compiler.compile(bound));
    }
}
