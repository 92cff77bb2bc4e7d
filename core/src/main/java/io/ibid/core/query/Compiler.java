package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.function.Arithmetic;
import io.ibid.core.query.function.Function;
import io.ibid.core.query.function.Functions;
import io.ibid.core.query.function.Truth;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.query.syntax.Trees;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Turns bound expressions into closures. An expression over constants alone is computed here, once; what it warns about becomes a
 * warning of the statement. All expressions of a statement go through one compiler, which numbers its parameters and caches.
 */
final class Compiler {
    private final String text;
    private final Warnings warnings;
    private final SequencedMap<String, Integer> parameterPlaces = new LinkedHashMap<>();
    private final Map<String, Integer> parameterSlots = new LinkedHashMap<>();
    private final Scope constants;
    private final OperatorCompiler operators;
    private final CallCompiler calls;
    private final LoopCompiler loops;
    /** Grows with every leaf whose value is not known yet; a node during which it did not grow is constant. */
    private int unknowns;

    private boolean quiet;
    private int variables;
    private int caches;

    Compiler(String text, Warnings warnings) {
        this.text = text;
        this.warnings = warnings;
        constants = newConstants();
        calls = new CallCompiler(this);
        operators = new OperatorCompiler(this, calls);
        loops = new LoopCompiler(this);
    }

    private static Scope newConstants() {
        return new Scope(new Scope.Layout(0, 0, 0), new Value[0], Limits.of(0, 0));
    }

    /** Ends the work: what the constant expressions warned about goes to the statement's warnings. */
    void finish() {
        warnings.addAll(constants.warnings());
    }

    /** The parameters by name, in the order of their slots, each with its first place in the text. */
    SequencedMap<String, Integer> parameters() {
        return parameterPlaces;
    }

    Scope.Layout layout(int terms) {
        return new Scope.Layout(terms, variables, caches);
    }

    int newCache() {
        return caches++;
    }

    void needVariables(int count) {
        variables = Math.max(variables, count);
    }

    /** Declares that the node at hand is not constant, whatever its children are. */
    void markUnknown() {
        unknowns++;
    }

    /** Whether nothing below the expression depends on a row; parameters may differ from execution to execution. */
    static boolean isRowIndependent(Expression expression) {
        return !Trees.any(
                expression,
                node -> node instanceof Expression.Field
                        || node instanceof Expression.Unqualified
                        || node instanceof Expression.WholeDocument
                        || node instanceof Expression.Variable
                        || node instanceof Expression.GroupKey
                        || node instanceof Expression.AggregateValue);
    }

    /** Whether the value changes with time though the documents do not. */
    static boolean readsTheClock(Expression expression) {
        return Trees.any(expression, node -> node instanceof Expression.Call call && isVolatile(call));
    }

    /** Whether the function may answer something else in each execution. */
    static boolean isVolatile(Expression.Call call) {
        Function function = Functions.find(call.name());
        return function != null && !function.deterministic();
    }

    QueryException error(ErrorCode code, String message, Expression at) {
        return QueryException.at(code, message, text, at.at());
    }

    /** Gives a place to an error that has none. */
    QueryException placed(IbidException error, int at) {
        return error instanceof QueryException query && query.place() != null
                ? query
                : QueryException.at(
                        error.code(),
                        error instanceof QueryException query ? query.bareText() : message(error),
                        text,
                        at,
                        error);
    }

    private static String message(IbidException error) {
        return error.getMessage() == null ? error.code().text() : error.getMessage();
    }

    Evaluator compile(Expression expression) {
        int before = unknowns;
        Evaluator evaluator = node(expression);
        if (unknowns != before || evaluator instanceof Evaluator.Constant) {
            return evaluator;
        }
        try {
            return new Evaluator.Constant(evaluator.evaluate(quiet ? newConstants() : constants));
        } catch (IbidException failure) {
            // It is an error of the statement only if it is ever evaluated.
            return evaluator;
        }
    }

    /** Compiles what is compiled a second time, so that it does not warn a second time. */
    Evaluator compileQuietly(Expression expression) {
        quiet = true;
        Evaluator evaluator = compile(expression);
        quiet = false;
        return evaluator;
    }

    List<Evaluator> compileAll(List<Expression> expressions) {
        List<Evaluator> evaluators = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            evaluators.add(compile(expression));
        }
        return evaluators;
    }

    private Evaluator node(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> new Evaluator.Constant(literal.value());
            case Expression.Parameter parameter -> parameter(parameter);
            case Expression.Field field -> field(field);
            case Expression.Unqualified field -> {
                unknowns++;
                yield new UnqualifiedField(field, text);
            }
            case Expression.WholeDocument document -> {
                unknowns++;
                int term = document.term();
                yield scope -> {
                    Row row = scope.rows[term];
                    return row == null ? Value.MISSING : row.document();
                };
            }
            case Expression.Variable variable -> {
                unknowns++;
                int slot = variable.slot();
                yield scope -> scope.variables[slot];
            }
            case Expression.GroupKey key -> {
                unknowns++;
                int index = key.index();
                yield scope -> scope.groupKeys[index];
            }
            case Expression.AggregateValue value -> {
                unknowns++;
                int index = value.index();
                yield scope -> scope.aggregates[index];
            }
            case Expression.Member member -> {
                Evaluator base = compile(member.base());
                String name = member.name();
                yield scope -> Navigation.member(base.evaluate(scope), name);
            }
            case Expression.Subscript subscript -> {
                Evaluator base = compile(subscript.base());
                long index = subscript.index();
                yield scope -> Navigation.element(base.evaluate(scope), index);
            }
            case Expression.Negation negation -> {
                Evaluator operand = compile(negation.operand());
                yield scope -> {
                    Value value = operand.evaluate(scope);
                    return Truth.isAbsent(value) ? value : Arithmetic.negate(value);
                };
            }
            case Expression.Not not -> {
                Evaluator operand = compile(not.operand());
                yield scope -> Truth.not(operand.evaluate(scope));
            }
            case Expression.Operation operation -> operators.operation(operation);
            case Expression.And and -> operators.and(and.operands());
            case Expression.Or or -> operators.or(or.operands());
            case Expression.Xor xor -> operators.xor(xor.operands());
            case Expression.IsNull test -> {
                Evaluator operand = compile(test.operand());
                boolean negated = test.negated();
                yield scope -> Value.of(Truth.isNull(operand.evaluate(scope)) != negated);
            }
            case Expression.IsMissing test -> {
                Evaluator operand = compile(test.operand());
                boolean negated = test.negated();
                yield scope -> Value.of(Truth.isMissing(operand.evaluate(scope)) != negated);
            }
            case Expression.InList in -> negated(operators.inList(in), in.negated());
            case Expression.InArray in -> negated(operators.inArray(in), in.negated());
            case Expression.Between between -> negated(operators.between(between), between.negated());
            case Expression.Match match -> negated(calls.match(match), match.negated());
            case Expression.Case choice -> loops.choice(choice);
            case Expression.Cast cast -> operators.cast(cast);
            case Expression.Call call -> calls.call(call);
            case Expression.Quantified quantified -> loops.quantified(quantified);
            case Expression.ArrayComprehension array -> loops.array(array);
            case Expression.ObjectComprehension object -> loops.object(object);
            case Expression.ArrayLiteral array -> loops.arrayLiteral(array);
            case Expression.ObjectLiteral object -> loops.objectLiteral(object);
            case Expression.Names names -> throw new AssertionError("unbound " + names);
            case Expression.Aggregate aggregate -> throw new AssertionError("ungrouped " + aggregate);
        };
    }

    private static Evaluator negated(Evaluator evaluator, boolean negated) {
        return negated ? scope -> Truth.not(evaluator.evaluate(scope)) : evaluator;
    }

    private Evaluator parameter(Expression.Parameter parameter) {
        unknowns++;
        parameterPlaces.putIfAbsent(parameter.name(), parameter.at());
        int slot = parameterSlots.computeIfAbsent(parameter.name(), name -> parameterSlots.size());
        return scope -> scope.parameters[slot];
    }

    private Evaluator field(Expression.Field field) {
        unknowns++;
        int term = field.term();
        Path path = field.path();
        if (!path.keys().getFirst().equals("_id")) {
            return scope -> {
                Row row = scope.rows[term];
                return row == null ? Value.MISSING : row.field(path);
            };
        }
        return scope -> {
            Row row = scope.rows[term];
            return row == null ? Value.MISSING : Navigation.follow(row.id(), path, 1);
        };
    }
}
