package io.ibid.core.query;

import io.ibid.core.query.function.Arithmetic;
import io.ibid.core.query.function.Comparison;
import io.ibid.core.query.function.Truth;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.math.BigInteger;
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

    /**
     * SUM: an integer when all values are and it fits one, else a float. Integers are summed exactly, in 128 bits, so that the order of
     * the rows, which depends on the access path, makes no difference.
     */
    final class Sum implements Accumulator {
        private long low;
        private long high;
        private double floats;
        private boolean anyInteger;
        private boolean anyFloat;

        @Override
        public void add(Value value) {
            if (value instanceof Value.Int(long number)) {
                low += number;
                high += (number >> 63) + (Long.compareUnsigned(low, number) < 0 ? 1 : 0);
                anyInteger = true;
            } else if (value instanceof Value.Float(double number)) {
                floats += number;
                anyFloat = true;
            }
        }

        @Override
        public Value result() {
            if (!anyFloat) {
                return !anyInteger ? Value.MISSING : high == low >> 63 ? Value.of(low) : Value.of(integers());
            }
            return Value.of(anyInteger ? floats + integers() : floats);
        }

        private double integers() {
            return high == low >> 63
                    ? low
                    : BigInteger.valueOf(high)
                            .shiftLeft(64)
                            .add(new BigInteger(Long.toUnsignedString(low)))
                            .doubleValue();
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
                    ? shown(half)
                    : Arithmetic.divide(
                            Arithmetic.toFloat(Arithmetic.add(values.get(half - 1), values.get(half))), Value.of(2));
        }

        /** Of the numbers that equal that one an integer if there is any. */
        private Value shown(int index) {
            Value shown = values.get(index);
            for (int i = index; i >= 0 && ValueOrder.compare(values.get(i), shown) == 0; i--) {
                shown = Comparison.preferInteger(shown, values.get(i));
            }
            for (int i = index; i < values.size() && ValueOrder.compare(values.get(i), shown) == 0; i++) {
                shown = Comparison.preferInteger(shown, values.get(i));
            }
            return shown;
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

    /** Hands each value on once, at the end, when it is known of which kind the equal numbers are shown. */
    final class Once implements Accumulator {
        private final Accumulator next;
        private final Scope scope;
        private final TreeMap<Value, Value> seen = new TreeMap<>(ValueOrder.TOTAL);

        Once(Accumulator next, Scope scope) {
            this.next = next;
            this.scope = scope;
        }

        @Override
        public void add(Value value) {
            Value shown = seen.putIfAbsent(value, value);
            if (shown == null) {
                scope.memory().grow(3 * Sizes.OBJECT + Sizes.of(value), "DISTINCT", "narrow the WHERE clause");
            } else if (!shown.equals(value)) {
                seen.put(value, Comparison.preferInteger(shown, value));
            }
        }

        @Override
        public Value result() {
            seen.values().forEach(next::add);
            seen.clear();
            return next.result();
        }
    }
}
