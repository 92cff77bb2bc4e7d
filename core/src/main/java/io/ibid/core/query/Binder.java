package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_EVALUATION;
import static io.ibid.core.error.ErrorCode.QUERY_INVALID;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.NearestName;
import io.ibid.core.query.function.Function;
import io.ibid.core.query.function.Functions;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Expression.Operator;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.query.syntax.Trees;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives names their meaning. The head of a path is, in this order, a variable of a loop around it, an alias of FROM, in ORDER BY an
 * alias of the projection, else a field; so the same text may mean different things in two statements, and after this class nobody
 * looks at names again. It also refuses what is misplaced: aggregates where there is no group, fields where there is no row, unknown
 * functions.
 */
final class Binder {
    private final String text;
    private final List<Term> terms;
    private final Warnings warnings;
    private final Map<String, String> arrayWarnings;
    private final List<String> loopVariables = new ArrayList<>();
    /** How many of the terms the expression at hand can speak of. */
    private int joined;

    private Map<String, Expression> projectionAliases = new LinkedHashMap<>();
    /** What the expression at hand belongs to, when there is no row for it. */
    private @Nullable String constantPlace;

    private @Nullable String aggregateFreePlace;
    private boolean literalKeys;

    /**
     * @param arrayWarnings collects the parameters that are probably not meant to be arrays, each with its warning
     */
    Binder(String text, List<Term> terms, Warnings warnings, Map<String, String> arrayWarnings) {
        this.text = text;
        this.terms = terms;
        this.warnings = warnings;
        this.arrayWarnings = arrayWarnings;
        joined = terms.size();
    }

    /** Binds an expression over rows in a clause that cannot have aggregates. */
    Expression bind(Expression expression, String place) {
        aggregateFreePlace = place;
        return bind(expression);
    }

    /** Binds the condition under which the rows of a term are joined to those of the terms before it. */
    Expression bindJoin(Expression condition, int term) {
        joined = term + 1;
        Expression bound = bind(condition, "ON");
        joined = terms.size();
        return bound;
    }

    /** Binds an expression in which aggregates may stand. */
    Expression bindAggregating(Expression expression) {
        aggregateFreePlace = null;
        return bind(expression);
    }

    /** Binds an ORDER BY term, which sees the aliases of the projection. */
    Expression bindOrder(Expression expression, Map<String, Expression> aliases) {
        projectionAliases = aliases;
        Expression bound = bindAggregating(expression);
        projectionAliases = new LinkedHashMap<>();
        return bound;
    }

    /** Binds an expression that has no row. */
    Expression bindConstant(Expression expression, String place) {
        constantPlace = place;
        Expression bound = bind(expression, place);
        constantPlace = null;
        return bound;
    }

    /** Binds an element of DOCUMENTS, whose keys must be texts. */
    Expression bindDocument(Expression expression) {
        literalKeys = true;
        Expression bound = bindConstant(expression, "DOCUMENTS");
        literalKeys = false;
        return bound;
    }

    private Expression bind(Expression expression) {
        return switch (expression) {
            case Expression.Names names -> names(names);
            case Expression.Call call -> call(call);
            case Expression.Aggregate aggregate -> aggregate(aggregate);
            case Expression.Quantified quantified -> {
                Expression.Loop loop = loop(quantified.loop());
                Expression condition = insideLoop(loop, quantified.condition());
                yield new Expression.Quantified(quantified.at(), quantified.quantifier(), loop, condition);
            }
            case Expression.ArrayComprehension array -> {
                Expression.Loop loop = loop(array.loop());
                yield new Expression.ArrayComprehension(
                        array.at(),
                        insideLoop(loop, array.element()),
                        loop,
                        array.condition() == null ? null : insideLoop(loop, array.condition()));
            }
            case Expression.ObjectComprehension object -> {
                Expression.Loop loop = loop(object.loop());
                yield new Expression.ObjectComprehension(
                        object.at(),
                        insideLoop(loop, object.name()),
                        insideLoop(loop, object.value()),
                        loop,
                        object.condition() == null ? null : insideLoop(loop, object.condition()));
            }
            case Expression.ObjectLiteral object -> {
                checkKeys(object);
                yield Trees.mapChildren(object, this::bind);
            }
            case Expression.Operation operation -> {
                warnAboutComparison(operation);
                yield Trees.mapChildren(operation, this::bind);
            }
            case Expression.InList in -> {
                if (in.elements().size() == 1 && in.elements().getFirst() instanceof Expression.Parameter parameter) {
                    arrayWarnings.put(
                            parameter.name(),
                            "IN (:" + parameter.name() + ") is a list of one element, which is the array; write IN :"
                                    + parameter.name());
                }
                yield Trees.mapChildren(in, this::bind);
            }
            default -> Trees.mapChildren(expression, this::bind);
        };
    }

    private Expression names(Expression.Names written) {
        List<String> names = written.names();
        String head = names.getFirst();
        int at = written.at();
        // Index and variable stand side by side, so the position in the list is the slot.
        int slot = loopVariables.lastIndexOf(head);
        if (slot >= 0) {
            return members(new Expression.Variable(at, slot, head), names);
        }
        if (constantPlace != null) {
            throw error(QUERY_EVALUATION, head + " is a field, and in " + constantPlace + " there is no document", at);
        }
        for (int i = 0; i < terms.size(); i++) {
            if (terms.get(i).alias().equals(head)) {
                if (i >= joined) {
                    throw error(QUERY_EVALUATION, head + " is joined later, so there is no row of it here", at);
                }
                return names.size() == 1
                        ? new Expression.WholeDocument(at, i)
                        : new Expression.Field(at, i, new Path(names.subList(1, names.size())));
            }
        }
        Expression projected = projectionAliases.get(head);
        if (projected != null) {
            return members(projected, names);
        }
        for (Term term : terms) {
            if (head.equals(term.hiddenName())) {
                warnings.add(head + " is called " + term.alias() + " here, so " + Path.of(names.toArray(new String[0]))
                        + " is a field of it");
            }
        }
        return terms.size() == 1 ? new Expression.Field(at, 0, new Path(names)) : unqualified(at, names);
    }

    /** A field of any of several rows; {@code _id} is that of the joined row, made of theirs. */
    private Expression unqualified(int at, List<String> names) {
        if (!names.getFirst().equals("_id")) {
            return new Expression.Unqualified(at, joined, new Path(names));
        }
        List<Expression.Pair> ids = new ArrayList<>();
        for (int i = 0; i < joined; i++) {
            Expression id = new Expression.Field(at, i, SourcePlanner.ID);
            if (names.size() > 1 && names.get(1).equals(terms.get(i).alias())) {
                return members(id, names.subList(1, names.size()));
            }
            ids.add(new Expression.Pair(
                    new Expression.Literal(at, Value.of(terms.get(i).alias())), id));
        }
        return members(new Expression.ObjectLiteral(at, ids), names);
    }

    private static Expression members(Expression base, List<String> names) {
        if (base instanceof Expression.Field field && names.size() > 1) {
            Path path = field.path();
            for (String name : names.subList(1, names.size())) {
                path = path.child(name);
            }
            return new Expression.Field(field.at(), field.term(), path);
        }
        if (base instanceof Expression.Unqualified field && names.size() > 1) {
            Path path = field.path();
            for (String name : names.subList(1, names.size())) {
                path = path.child(name);
            }
            return new Expression.Unqualified(field.at(), field.terms(), path);
        }
        if (base instanceof Expression.WholeDocument document && names.size() > 1) {
            return new Expression.Field(base.at(), document.term(), new Path(names.subList(1, names.size())));
        }
        Expression result = base;
        for (int i = 1; i < names.size(); i++) {
            result = new Expression.Member(base.at(), result, names.get(i));
        }
        return result;
    }

    private Expression.Loop loop(Expression.Loop loop) {
        return new Expression.Loop(loop.index(), loop.variable(), loop.within(), bind(loop.source()));
    }

    private Expression insideLoop(Expression.Loop loop, Expression inner) {
        loopVariables.add(loop.variable());
        // An index that is not named still has its slot; no name is this one.
        loopVariables.add(loop.index() == null ? "\0" : loop.index());
        Expression bound = bind(inner);
        loopVariables.removeLast();
        loopVariables.removeLast();
        return bound;
    }

    private Expression call(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        if (call.name().equalsIgnoreCase("siblings")) {
            requireCount(call, "siblings", 1, 1);
            Expression argument = bind(arguments.getFirst());
            if (!(argument instanceof Expression.Field field)
                    || field.path().keys().getFirst().equals("_id")) {
                throw error(QUERY_INVALID, "siblings takes the path of a field", call.at());
            }
            return new Expression.Call(call.at(), call.name(), List.of(argument));
        }
        Function function = Functions.find(call.name());
        if (function == null) {
            String nearest = Functions.nearest(call.name());
            String message =
                    "unknown function " + call.name() + (nearest.isEmpty() ? "" : ", did you mean " + nearest + "?");
            throw error(QUERY_INVALID, message, call.at());
        }
        requireCount(call, function.name(), function.argumentsMin(), function.argumentsMax());
        return Trees.mapChildren(call, this::bind);
    }

    private void requireCount(Expression.Call call, String name, int min, int max) {
        int count = call.arguments().size();
        if (count < min || count > max) {
            String wanted = min == max ? "" + min : max == Function.ANY_NUMBER ? "at least " + min : min + " to " + max;
            throw error(
                    QUERY_INVALID,
                    name + " takes " + wanted + (wanted.endsWith("1") ? " argument" : " arguments") + ", found "
                            + count,
                    call.at());
        }
    }

    private Expression aggregate(Expression.Aggregate aggregate) {
        if (aggregateFreePlace != null) {
            throw error(
                    QUERY_EVALUATION,
                    aggregate.kind().name() + " is an aggregate and cannot stand in " + aggregateFreePlace,
                    aggregate.at());
        }
        if (!loopVariables.isEmpty()) {
            throw error(
                    QUERY_EVALUATION,
                    aggregate.kind().name() + " is an aggregate and cannot stand in a loop",
                    aggregate.at());
        }
        if (aggregate.operand() == null) {
            return aggregate;
        }
        aggregateFreePlace = "an aggregate";
        Expression operand = bind(aggregate.operand());
        aggregateFreePlace = null;
        return new Expression.Aggregate(aggregate.at(), aggregate.kind(), aggregate.distinct(), operand);
    }

    private void checkKeys(Expression.ObjectLiteral object) {
        for (Expression.Pair pair : object.pairs()) {
            if (pair.key() instanceof Expression.Names names
                    && names.names().size() == 1
                    && !loopVariables.contains(names.names().getFirst())) {
                if (literalKeys) {
                    throw error(QUERY_INVALID, "Cannot convert to a literal", names.at());
                }
                warnings.add("the key " + names.names().getFirst()
                        + " is not in quotes, so it is the field of that name and its text is the key");
            }
        }
    }

    private void warnAboutComparison(Expression.Operation operation) {
        if (!operation.operator().isComparison()) {
            return;
        }
        Expression left = operation.left();
        Expression right = operation.right();
        if (left instanceof Expression.Literal a
                && right instanceof Expression.Literal b
                && kindOf(a.value()) != kindOf(b.value())
                && kindOf(a.value()) * kindOf(b.value()) != 0) {
            warnings.add("comparing values of different types gives MISSING");
        }
        if (operation.operator() == Operator.EQUAL && (isTypeTest(left, right) || isTypeTest(right, left))) {
            warnings.add("type() never gives 'number'; it gives 'integer' or 'float'");
        }
    }

    private static boolean isTypeTest(Expression call, Expression literal) {
        return call instanceof Expression.Call function
                && function.name().equalsIgnoreCase("type")
                && literal instanceof Expression.Literal(int at, Value value)
                && value.equals(Value.of("number"));
    }

    /** A number per kind of values that compare with each other; 0 for those that compare with none. */
    private static int kindOf(Value value) {
        return switch (value) {
            case Value.Bool bool -> 1;
            case Value.Int number -> 2;
            case Value.Float number -> 2;
            case Value.Text text -> 3;
            case Value.Binary binary -> 4;
            case Value.Array array -> 5;
            case Value.Struct struct -> 6;
            case Value.Null none -> 0;
            case Value.Missing missing -> 0;
        };
    }

    /** The message for an unknown name, with the candidate that resembles it most. */
    static String unknown(String what, String name, Iterable<String> candidates) {
        String nearest = NearestName.of(name, candidates);
        return "unknown " + what + " '" + name + "'" + (nearest.isEmpty() ? "" : ", did you mean '" + nearest + "'?");
    }

    private QueryException error(ErrorCode code, String message, int at) {
        return QueryException.at(code, message, text, at);
    }
}
