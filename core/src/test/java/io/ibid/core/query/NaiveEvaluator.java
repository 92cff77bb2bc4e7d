package io.ibid.core.query;

import static io.ibid.core.query.NaiveOperators.absent;
import static io.ibid.core.query.NaiveOperators.and;
import static io.ibid.core.query.NaiveOperators.arithmetic;
import static io.ibid.core.query.NaiveOperators.in;
import static io.ibid.core.query.NaiveOperators.isTrue;
import static io.ibid.core.query.NaiveOperators.negated;
import static io.ibid.core.query.NaiveOperators.not;
import static io.ibid.core.query.NaiveOperators.operation;

import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Printer;
import io.ibid.core.query.syntax.Trees;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the parser's tree as the reference describes it, node by node, without binding, compiling or planning; of the engine it uses
 * nothing but the tree and the values. What it lacks in speed it gains in being plain to see.
 */
final class NaiveEvaluator {
    /** What {@code clock()} answers. */
    static final long NOW_MS = 1_773_570_645_123L;

    private final List<String> aliases;
    private final List<Value.Struct> rows;
    private final Value.Struct parameters;
    private final Map<String, Value> variables;
    /** The GROUP BY keys by their text, with the values that the group shows. */
    private final Map<String, Value> keys;

    /**
     * @param aliases several: a row holds the documents of a join, each under its alias
     * @param rows the document, or those of the group, of which the first stands for all where there is no aggregate
     */
    NaiveEvaluator(List<String> aliases, List<Value.Struct> rows, Value.Struct parameters) {
        this(aliases, rows, parameters, Map.of(), Map.of());
    }

    private NaiveEvaluator(
            List<String> aliases,
            List<Value.Struct> rows,
            Value.Struct parameters,
            Map<String, Value> variables,
            Map<String, Value> keys) {
        this.aliases = aliases;
        this.rows = rows;
        this.parameters = parameters;
        this.variables = variables;
        this.keys = keys;
    }

    /** The text by which GROUP BY keys are recognised. */
    String keyText(Expression expression) {
        String text = Printer.print(expression);
        return aliases.size() == 1 ? text.replace("`" + aliases.getFirst() + "`.", "") : text;
    }

    NaiveEvaluator withKeys(Map<String, Value> groupKeys) {
        return new NaiveEvaluator(aliases, rows, parameters, variables, groupKeys);
    }

    NaiveEvaluator withVariables(Map<String, Value> known) {
        return new NaiveEvaluator(aliases, rows, parameters, known, keys);
    }

    private @Nullable Value key(Expression expression) {
        boolean readsVariable = Trees.any(
                expression,
                node -> node instanceof Expression.Names names
                        && variables.containsKey(names.names().getFirst()));
        return readsVariable ? null : keys.get(keyText(expression));
    }

    Value evaluate(Expression expression) {
        Value key = keys.isEmpty() ? null : key(expression);
        return key != null ? key : evaluated(expression);
    }

    private Value evaluated(Expression expression) {
        return switch (expression) {
            case Expression.Literal it -> it.value();
            case Expression.Parameter it -> parameters.get(it.name());
            case Expression.Names it -> names(it.names());
            case Expression.Member it -> get(evaluate(it.base()), it.name());
            case Expression.Subscript it -> element(evaluate(it.base()), it.index());
            case Expression.Negation it -> arithmetic("-", Value.of(0), evaluate(it.operand()), true);
            case Expression.Not it -> not(evaluate(it.operand()));
            case Expression.Operation it -> operation(it.operator().text(), evaluate(it.left()), evaluate(it.right()));
            case Expression.And it ->
                it.operands().stream()
                        .map(this::evaluate)
                        .reduce(NaiveOperators::and)
                        .orElseThrow();
            case Expression.Or it ->
                it.operands().stream()
                        .map(this::evaluate)
                        .reduce(NaiveOperators::or)
                        .orElseThrow();
            case Expression.Xor it ->
                it.operands().stream()
                        .map(this::evaluate)
                        .reduce(NaiveOperators::xor)
                        .orElseThrow();
            case Expression.IsNull it -> Value.of(evaluate(it.operand()).equals(Value.NULL) != it.negated());
            case Expression.IsMissing it -> Value.of(evaluate(it.operand()).equals(Value.MISSING) != it.negated());
            case Expression.InList it ->
                negated(
                        it.negated(),
                        in(
                                evaluate(it.operand()),
                                it.elements().stream().map(this::evaluate).toList()));
            case Expression.InArray it -> {
                Value x = evaluate(it.operand());
                Value array = evaluate(it.array());
                Value absent = absent(x, array);
                Value result = absent != null
                        ? absent
                        : array instanceof Value.Array list ? in(x, list.elements()) : Value.MISSING;
                yield negated(it.negated(), result);
            }
            case Expression.Between it -> {
                Value x = evaluate(it.operand());
                yield negated(
                        it.negated(),
                        and(operation(">=", x, evaluate(it.low())), operation("<=", x, evaluate(it.high()))));
            }
            case Expression.Match it -> negated(it.negated(), match(it));
            case Expression.Case it -> choice(it);
            case Expression.Cast it -> NaiveCasts.cast(evaluate(it.operand()), it.type());
            case Expression.Call it -> call(it);
            case Expression.Aggregate it -> aggregate(it);
            case Expression.Quantified it -> quantified(it);
            case Expression.ArrayComprehension it -> {
                List<Value> values = new ArrayList<>();
                Value failure = forEach(it.loop(), inner -> {
                    if (it.condition() == null || isTrue(inner.evaluate(it.condition()))) {
                        Value value = inner.evaluate(it.element());
                        if (!value.equals(Value.MISSING)) {
                            values.add(value);
                        }
                    }
                });
                yield failure.equals(Value.TRUE) ? new Value.Array(values) : failure;
            }
            case Expression.ObjectComprehension it -> {
                Map<String, Value> values = new LinkedHashMap<>();
                Value failure = forEach(it.loop(), inner -> {
                    if (it.condition() == null || isTrue(inner.evaluate(it.condition()))) {
                        put(values, inner.evaluate(it.name()), inner.evaluate(it.value()));
                    }
                });
                yield failure.equals(Value.TRUE) ? Value.Struct.of(values) : failure;
            }
            case Expression.ArrayLiteral it ->
                new Value.Array(it.elements().stream()
                        .map(this::evaluate)
                        .map(value -> value.equals(Value.MISSING) ? Value.NULL : value)
                        .toList());
            case Expression.ObjectLiteral it -> {
                Map<String, Value> values = new LinkedHashMap<>();
                it.pairs().forEach(pair -> put(values, evaluate(pair.key()), evaluate(pair.value())));
                yield Value.Struct.of(values);
            }
            default -> throw new AssertionError(expression);
        };
    }

    private static void put(Map<String, Value> values, Value key, Value value) {
        if (key instanceof Value.Text(String name) && !value.equals(Value.MISSING)) {
            values.put(name, value);
        }
    }

    private Value names(List<String> names) {
        Value value = rows.isEmpty() ? Value.MISSING : rows.getFirst();
        int from = 0;
        if (variables.containsKey(names.getFirst())) {
            value = variables.get(names.getFirst());
            from = 1;
        } else if (aliases.contains(names.getFirst())) {
            value = aliases.size() == 1 ? value : get(value, names.getFirst());
            from = 1;
        } else if (aliases.size() > 1) {
            value = NaiveJoin.unqualified(value, names.getFirst());
            from = 1;
        }
        for (String name : names.subList(from, names.size())) {
            value = get(value, name);
        }
        return value;
    }

    private static Value get(Value base, String name) {
        return base instanceof Value.Struct struct ? struct.get(name) : Value.MISSING;
    }

    private static Value element(Value base, long index) {
        if (base instanceof Value.Array(List<Value> elements)) {
            long at = index < 0 ? elements.size() + index : index;
            return at < 0 || at >= elements.size() ? Value.MISSING : elements.get((int) at);
        }
        return Value.MISSING;
    }

    private Value match(Expression.Match match) {
        Value escape = match.escape() == null ? Value.of("\\") : evaluate(match.escape());
        return NaivePatterns.match(match.kind(), evaluate(match.operand()), evaluate(match.pattern()), escape);
    }

    private Value choice(Expression.Case choice) {
        for (Expression.When branch : choice.branches()) {
            Value condition = evaluate(branch.condition());
            if (choice.subject() != null) {
                condition = operation("=", evaluate(choice.subject()), condition);
            }
            if (isTrue(condition)) {
                return evaluate(branch.result());
            }
        }
        return choice.otherwise() == null ? Value.NULL : evaluate(choice.otherwise());
    }

    private Value call(Expression.Call call) {
        if (call.name().equalsIgnoreCase("siblings")) {
            Value value = evaluate(call.arguments().getFirst());
            return value.equals(Value.MISSING)
                    ? value
                    : new Value.Array(List.of(Value.Struct.of(Map.of("value", value))));
        }
        return NaiveFunctions.call(
                call.name(), call.arguments().stream().map(this::evaluate).toList(), NOW_MS);
    }

    // ---- loops

    private interface Body {
        void run(NaiveEvaluator inner);
    }

    /** TRUE when the source could be run over. */
    private Value forEach(Expression.Loop loop, Body body) {
        Value source = evaluate(loop.source());
        if (!(source instanceof Value.Array) && !(source instanceof Value.Struct)) {
            return source.equals(Value.MISSING) ? Value.MISSING : Value.NULL;
        }
        visit(source, loop, body);
        return Value.TRUE;
    }

    private void visit(Value container, Expression.Loop loop, Body body) {
        List<Value> keys = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        if (container instanceof Value.Array(List<Value> elements)) {
            for (int i = 0; i < elements.size(); i++) {
                keys.add(Value.of(i));
                values.add(elements.get(i));
            }
        } else if (container instanceof Value.Struct struct) {
            for (int i = 0; i < struct.size(); i++) {
                keys.add(Value.of(struct.name(i)));
                values.add(struct.value(i));
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            Map<String, Value> inside = new LinkedHashMap<>(variables);
            if (loop.index() != null) {
                inside.put(loop.index(), keys.get(i));
            }
            inside.put(loop.variable(), values.get(i));
            body.run(new NaiveEvaluator(aliases, rows, parameters, inside, this.keys));
            if (loop.within()) {
                visit(values.get(i), loop, body);
            }
        }
    }

    private Value quantified(Expression.Quantified quantified) {
        List<Boolean> answers = new ArrayList<>();
        Value failure =
                forEach(quantified.loop(), inner -> answers.add(isTrue(inner.evaluate(quantified.condition()))));
        if (!failure.equals(Value.TRUE)) {
            return failure;
        }
        return Value.of(
                switch (quantified.quantifier()) {
                    case ANY -> answers.contains(true);
                    case EVERY -> !answers.contains(false);
                    case ANY_AND_EVERY -> !answers.isEmpty() && !answers.contains(false);
                });
    }

    // ---- aggregates

    private Value aggregate(Expression.Aggregate aggregate) {
        if (aggregate.operand() == null) {
            return Value.of(rows.size());
        }
        List<Value> values = rows.stream()
                .map(row -> new NaiveEvaluator(aliases, List.of(row), parameters).evaluate(aggregate.operand()))
                .toList();
        return NaiveAggregates.aggregate(aggregate.kind(), aggregate.distinct(), values);
    }
}
