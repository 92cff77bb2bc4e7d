package io.ibid.core.query;

import io.ibid.core.query.function.Arithmetic;
import io.ibid.core.query.function.Comparison;
import io.ibid.core.query.function.Truth;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One aggregate of one group at work. */
interface Accumulator {

    void add(Value value);

    /** MISSING when nothing was added that counts, for COUNT 0. */
    Value result();

    static Accumulator of(Plan.Aggregation aggregation, Scope scope) {
        Accumulator accumulator = switch (aggregation.kind()) {
            case COUNT -> new Count(aggregation.operand(), scope);
            case SUM -> new Sum();
            case AVG -> new Average();
            case MIN -> new Extreme(-1);
            case MAX -> new Extreme(1);
            case MEDIAN -> new Median(scope);
            case MID -> new Middle();
        };
        return aggregation.distinct() ? new Once(accumulator, scope) : accumulator;
    }

    /** COUNT. FALSE does not count, which surprises where a field is counted, so it is told; who counts a condition means it. */
    final class Count implements Accumulator {
        private final boolean ofExpression;
        private final @Nullable Path field;
        private final Scope scope;
        private long count;

        Count(@Nullable Compiled operand, Scope scope) {
            this.ofExpression = operand != null;
            this.field =
                    operand != null && operand.expression() instanceof Expression.Field counted ? counted.path() : null;
            this.scope = scope;
        }

        @Override
        public void add(Value value) {
            if (ofExpression && Truth.isFalse(value)) {
                if (field != null) {
                    scope.warnings().count("COUNT(" + field + ") left out a FALSE value");
                }
            } else if (!Truth.isAbsent(value)) {
                count++;
            }
        }

        @Override
        public Value result() {
            return Value.of(count);
        }
    }

    /** SUM: an integer as long as all values are and none overflows. */
    final class Sum implements Accumulator {
        private Value sum = Value.MISSING;

        @Override
        public void add(Value value) {
            if (Arithmetic.isNumber(value)) {
                sum = Truth.isMissing(sum) ? value : Arithmetic.add(sum, value);
            }
        }

        @Override
        public Value result() {
            return sum;
        }
    }

    /** AVG, always a float. */
    final class Average implements Accumulator {
        private final Sum sum = new Sum();
        private long count;

        @Override
        public void add(Value value) {
            if (Arithmetic.isNumber(value)) {
                sum.add(value);
                count++;
            }
        }

        @Override
        public Value result() {
            return count == 0 ? Value.MISSING : Arithmetic.divide(Arithmetic.toFloat(sum.result()), Value.of(count));
        }
    }

    /** MIN and MAX in the total order, over all values but NULL and MISSING. */
    final class Extreme implements Accumulator {
        private final int sign;
        private Value extreme = Value.MISSING;

        Extreme(int sign) {
            this.sign = sign;
        }

        @Override
        public void add(Value value) {
            if (Truth.isAbsent(value)) {
                return;
            }
            int order = Truth.isMissing(extreme) ? 1 : ValueOrder.compare(value, extreme) * sign;
            if (order > 0) {
                extreme = value;
            } else if (order == 0) {
                extreme = Comparison.preferInteger(extreme, value);
            }
        }

        @Override
        public Value result() {
            return extreme;
        }
    }

    /** MEDIAN: the middle value, between two of them their mean. */
    final class Median implements Accumulator {
        private final List<Value> values = new ArrayList<>();
        private final Scope scope;

        Median(Scope scope) {
            this.scope = scope;
        }

        @Override
        public void add(Value value) {
            if (Arithmetic.isNumber(value)) {
                scope.memory().grow(Sizes.OBJECT + 8, "MEDIAN", "narrow the WHERE clause");
                values.add(value);
            }
        }

        @Override
        public Value result() {
            if (values.isEmpty()) {
                return Value.MISSING;
            }
            values.sort(ValueOrder.TOTAL);
            int half = values.size() / 2;
            return values.size() % 2 == 1
                    ? values.get(half)
                    : Arithmetic.divide(
                            Arithmetic.toFloat(Arithmetic.add(values.get(half - 1), values.get(half))), Value.of(2));
        }
    }

    /** MID: half way between the least and the greatest number. */
    final class Middle implements Accumulator {
        private final Extreme least = new Extreme(-1);
        private final Extreme greatest = new Extreme(1);

        @Override
        public void add(Value value) {
            if (Arithmetic.isNumber(value)) {
                least.add(value);
                greatest.add(value);
            }
        }

        @Override
        public Value result() {
            return Truth.isMissing(least.result())
                    ? Value.MISSING
                    : Arithmetic.divide(
                            Arithmetic.toFloat(Arithmetic.add(least.result(), greatest.result())), Value.of(2));
        }
    }

    /** Hands each value on once. */
    final class Once implements Accumulator {
        private final Accumulator next;
        private final Scope scope;
        private final TreeMap<Value, Boolean> seen = new TreeMap<>(ValueOrder.TOTAL);

        Once(Accumulator next, Scope scope) {
            this.next = next;
            this.scope = scope;
        }

        @Override
        public void add(Value value) {
            if (seen.putIfAbsent(value, Boolean.TRUE) == null) {
                scope.memory().grow(3 * Sizes.OBJECT + Sizes.of(value), "DISTINCT", "narrow the WHERE clause");
                next.add(value);
            }
        }

        @Override
        public Value result() {
            return next.result();
        }
    }
}
