package io.ibid.core.query;

import static io.ibid.core.query.NaiveOperators.absent;
import static io.ibid.core.query.NaiveOperators.and;
import static io.ibid.core.query.NaiveOperators.arithmetic;
import static io.ibid.core.query.NaiveOperators.in;
import static io.ibid.core.query.NaiveOperators.isTrue;
import static io.ibid.core.query.NaiveOperators.kind;
import static io.ibid.core.query.NaiveOperators.negated;
import static io.ibid.core.query.NaiveOperators.not;
import static io.ibid.core.query.NaiveOperators.operation;

import io.ibid.core.query.function.Casts;
import io.ibid.core.query.function.Function;
import io.ibid.core.query.function.Functions;
import io.ibid.core.query.function.Invocation;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Evaluates the parser's tree as the reference describes it, node by node, without binding, compiling or planning; of the engine it uses
 * only functions. What it lacks in speed it gains in being plain to see.
 */
final class NaiveEvaluator {
    private final List<String> aliases;
    private final List<Value.Struct> rows;
    private final Map<String, Value> variables;

    /**
     * @param rows the document, or those of the group, of which the first stands for all where there is no aggregate
     */
    NaiveEvaluator(String alias, List<Value.Struct> rows) {
        this(List.of(alias), rows);
    }

    /**
     * @param aliases several: a row holds the documents of a join, each under its alias
     */
    NaiveEvaluator(List<String> aliases, List<Value.Struct> rows) {
        this(aliases, rows, new LinkedHashMap<>());
    }

    private NaiveEvaluator(List<String> aliases, List<Value.Struct> rows, Map<String, Value> variables) {
        this.aliases = aliases;
        this.rows = rows;
        this.variables = variables;
    }

    private static final Invocation INVOCATION = new Invocation() {
        @Override
        public long nowMs() {
            return 0;
        }

        @Override
        public Value request() {
            return Value.MISSING;
        }

        @Override
        public Value wrongType(String function) {
            return Value.MISSING;
        }

        @Override
        public Value zonelessDate(String function) {
            return Value.MISSING;
        }
    };

    Value evaluate(Expression expression) {
        return switch (expression) {
            case Expression.Literal it -> it.value();
            case Expression.Parameter it -> throw new AssertionError(it);
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
            case Expression.Cast it -> cast(it);
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
        Value x = evaluate(match.operand());
        Value pattern = evaluate(match.pattern());
        Value escape = match.escape() == null ? Value.of("\\") : evaluate(match.escape());
        Value absent = absent(x, pattern, escape);
        if (absent != null) {
            return absent;
        }
        if (!(x instanceof Value.Text text)
                || !(pattern instanceof Value.Text p)
                || !(escape instanceof Value.Text e)) {
            return Value.MISSING;
        }
        StringBuilder regex = new StringBuilder();
        int[] points = p.value().codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (points[i] == e.value().codePointAt(0) && i + 1 < points.length) {
                regex.append(Pattern.quote(Character.toString(points[++i])));
            } else {
                int c = points[i];
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(Character.toString(c)));
            }
        }
        int flags = Pattern.DOTALL
                | (match.kind() == Expression.MatchKind.ILIKE ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        return Value.of(
                Pattern.compile(regex.toString(), flags).matcher(text.value()).matches());
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

    private Value cast(Expression.Cast cast) {
        Value value = evaluate(cast.operand());
        return switch (cast.type()) {
            case STRING -> Casts.toText(value);
            case INTEGER -> Casts.toInteger(value);
            case FLOAT -> Casts.toFloat(value);
            case BOOLEAN -> Casts.toBoolean(value);
            case BINARY -> Casts.toBinary(value);
        };
    }

    private Value call(Expression.Call call) {
        Function function = Functions.find(call.name());
        if (function == null) {
            throw new AssertionError(call.name());
        }
        return function.apply(call.arguments().stream().map(this::evaluate).toArray(Value[]::new), INVOCATION);
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
            body.run(new NaiveEvaluator(aliases, rows, inside));
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
        List<Value> values = new ArrayList<>();
        TreeSet<Value> seen = new TreeSet<>(ValueOrder.TOTAL);
        for (Value.Struct row : rows) {
            Value value = new NaiveEvaluator(aliases, List.of(row)).evaluate(aggregate.operand());
            if (!value.equals(Value.MISSING)
                    && !value.equals(Value.NULL)
                    && (seen.add(value) || !aggregate.distinct())) {
                values.add(value);
            }
        }
        List<Value> numbers =
                values.stream().filter(value -> kind(value).equals("number")).toList();
        List<Value> sorted = numbers.stream().sorted(ValueOrder.TOTAL).toList();
        return switch (aggregate.kind()) {
            case COUNT ->
                Value.of(values.stream()
                        .filter(value -> !value.equals(Value.FALSE))
                        .count());
            case SUM ->
                numbers.stream().reduce((a, b) -> arithmetic("+", a, b, false)).orElse(Value.MISSING);
            case AVG ->
                numbers.stream()
                        .reduce((a, b) -> arithmetic("+", a, b, false))
                        .map(sum -> arithmetic("/", asFloat(sum), Value.of(numbers.size()), false))
                        .orElse(Value.MISSING);
            case MIN -> values.stream().min(ValueOrder.TOTAL).orElse(Value.MISSING);
            case MAX -> values.stream().max(ValueOrder.TOTAL).orElse(Value.MISSING);
            case MEDIAN -> {
                int half = sorted.size() / 2;
                yield sorted.isEmpty()
                        ? Value.MISSING
                        : sorted.size() % 2 == 1 ? sorted.get(half) : mean(sorted.get(half - 1), sorted.get(half));
            }
            case MID -> sorted.isEmpty() ? Value.MISSING : mean(sorted.getFirst(), sorted.getLast());
        };
    }

    private static Value asFloat(Value number) {
        return arithmetic("*", number, Value.of(1.0), false);
    }

    private static Value mean(Value a, Value b) {
        return arithmetic("/", asFloat(arithmetic("+", a, b, false)), Value.of(2), false);
    }
}
