package io.ibid.core.query;

import static io.ibid.core.query.NaiveFunctions.number;
import static io.ibid.core.query.NaiveOperators.kind;

import io.ibid.core.query.syntax.Expression.AggregateKind;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The aggregates over all values of a group at once, with exact sums, for {@link NaiveEvaluator}. */
final class NaiveAggregates {
    /** Of equal numbers the integer is the one to show. */
    private static final Comparator<Value> INTEGERS_FIRST =
            ValueOrder.TOTAL.thenComparing(value -> value instanceof Value.Float);

    private NaiveAggregates() {}

    static Value aggregate(AggregateKind kind, boolean distinct, List<Value> given) {
        List<Value> values = new ArrayList<>();
        for (Value value : given.stream().sorted(INTEGERS_FIRST).toList()) {
            boolean repeated = !values.isEmpty() && ValueOrder.compare(values.getLast(), value) == 0;
            if (distinct && repeated) {
                values.add(NaiveOperators.shown(values.removeLast(), value));
            } else if (!value.equals(Value.MISSING) && !value.equals(Value.NULL)) {
                values.add(value);
            }
        }
        List<Value> numbers =
                values.stream().filter(value -> kind(value).equals("number")).toList();
        return switch (kind) {
            case COUNT ->
                Value.of(values.stream()
                        .filter(value -> !value.equals(Value.FALSE))
                        .count());
            case MIN -> values.isEmpty() ? Value.MISSING : shown(values, values.getFirst());
            case MAX -> values.isEmpty() ? Value.MISSING : shown(values, values.getLast());
            default -> numbers.isEmpty() ? Value.MISSING : ofNumbers(kind, numbers);
        };
    }

    /** All values that equal this one, as one. */
    private static Value shown(List<Value> values, Value value) {
        return values.stream().filter(it -> ValueOrder.compare(it, value) == 0).reduce(value, NaiveOperators::shown);
    }

    private static Value ofNumbers(AggregateKind kind, List<Value> sorted) {
        int half = sorted.size() / 2;
        return switch (kind) {
            case SUM -> sum(sorted);
            case AVG -> mean(sorted);
            case MEDIAN ->
                sorted.size() % 2 == 1
                        ? shown(sorted, sorted.get(half))
                        : mean(List.of(sorted.get(half - 1), sorted.get(half)));
            default -> mean(List.of(sorted.getFirst(), sorted.getLast()));
        };
    }

    private static BigDecimal exact(List<Value> numbers) {
        return numbers.stream()
                .map(it -> it instanceof Value.Int(long whole) ? BigDecimal.valueOf(whole) : new BigDecimal(number(it)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Value sum(List<Value> numbers) {
        if (numbers.stream().anyMatch(it -> !Double.isFinite(number(it)))) {
            return Value.of(numbers.stream().mapToDouble(NaiveFunctions::number).sum());
        }
        BigInteger whole = exact(numbers).toBigInteger();
        return numbers.stream().allMatch(Value.Int.class::isInstance) && whole.bitLength() <= 63
                ? Value.of(whole.longValue())
                : Value.of(exact(numbers).doubleValue());
    }

    private static Value mean(List<Value> numbers) {
        return numbers.stream().anyMatch(it -> !Double.isFinite(number(it)))
                ? Value.of(numbers.stream().mapToDouble(NaiveFunctions::number).sum() / numbers.size())
                : Value.of(exact(numbers)
                        .divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL128)
                        .doubleValue());
    }
}
