package io.ibid.core.query;

import io.ibid.core.query.function.Truth;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Expression.Operator;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the criteria of a bound condition. Of a conjunction one operand's criteria will do, and the one is taken that few documents
 * meet, as far as its form tells; a disjunction needs those of all its operands. An empty list says that the condition never holds.
 */
final class Criteria {
    /** More criteria than this would cost an index more than they spare. */
    private static final int COUNT_MAX = 1024;

    private final Function<Expression, @Nullable Value> constants;

    /** @param constants computes what depends on no row; null when it cannot be computed */
    Criteria(Function<Expression, @Nullable Value> constants) {
        this.constants = constants;
    }

    /** The criteria, or null when nothing simple can be said. */
    @Nullable
    List<Criterion> of(Expression condition) {
        List<Criterion> criteria = switch (condition) {
            case Expression.And and -> ofAll(and.operands());
            case Expression.Or or -> ofAny(or.operands());
            case Expression.Field field -> List.of(new Criterion.OneOf(field.path(), List.of(Value.TRUE)));
            case Expression.Not(int at, Expression.Field field) ->
                List.of(new Criterion.OneOf(field.path(), List.of(Value.FALSE)));
            case Expression.IsNull(int at, Expression.Field field, boolean negated)
            when !negated -> List.of(new Criterion.OneOf(field.path(), List.of(Value.NULL)));
            case Expression.IsMissing(int at, Expression.Field field, boolean negated)
            when !negated -> List.of(new Criterion.OneOf(field.path(), List.of(Value.MISSING)));
            case Expression.Operation operation when operation.operator().isComparison() -> comparison(operation);
            case Expression.InList(int at, Expression.Field field, boolean negated, List<Expression> elements)
            when !negated -> oneOf(field.path(), elements);
            case Expression.InArray(int at, Expression.Field field, boolean negated, Expression array)
            when !negated -> constant(array) instanceof Value.Array list ? oneOf(list.elements(), field.path()) : null;
            case Expression.Between(int at, Expression.Field field, boolean negated, Expression low, Expression high)
            when !negated -> within(field.path(), constant(low), constant(high));
            case Expression.Literal(int at, Value value) when !Truth.isTrue(value) -> List.of();
            default -> null;
        };
        return criteria == null || criteria.size() > COUNT_MAX ? null : criteria;
    }

    private @Nullable List<Criterion> ofAll(List<Expression> operands) {
        List<Criterion> best = null;
        Map<Path, Criterion.Within> ranges = new TreeMap<>();
        for (Expression operand : operands) {
            List<Criterion> found = of(operand);
            if (found != null && found.size() == 1 && found.getFirst() instanceof Criterion.Within range) {
                ranges.merge(range.path(), range, Criteria::both);
            }
            if (found != null && (best == null || cost(found) < cost(best))) {
                best = found;
            }
        }
        for (Criterion.Within range : ranges.values()) {
            if (best == null || cost(List.of(range)) <= cost(best)) {
                best = List.of(range);
            }
        }
        return best;
    }

    private static Criterion.Within both(Criterion.Within a, Criterion.Within b) {
        Value low =
                a.low() == null || (b.low() != null && ValueOrder.compare(b.low(), a.low()) > 0) ? b.low() : a.low();
        Value high = a.high() == null || (b.high() != null && ValueOrder.compare(b.high(), a.high()) < 0)
                ? b.high()
                : a.high();
        return new Criterion.Within(a.path(), low, high);
    }

    private @Nullable List<Criterion> ofAny(List<Expression> operands) {
        List<Criterion> all = new ArrayList<>();
        for (Expression operand : operands) {
            List<Criterion> found = of(operand);
            if (found == null) {
                return null;
            }
            all.addAll(found);
        }
        return all;
    }

    private @Nullable List<Criterion> comparison(Expression.Operation operation) {
        if (operation.left() instanceof Expression.Field field) {
            return comparison(field.path(), operation.operator(), operation.right());
        }
        return operation.right() instanceof Expression.Field field
                ? comparison(field.path(), mirrored(operation.operator()), operation.left())
                : null;
    }

    private @Nullable List<Criterion> comparison(Path path, Operator operator, Expression other) {
        if (operator == Operator.NOT_EQUAL) {
            return null;
        }
        Value value = constant(other);
        if (value == null) {
            return null;
        }
        if (Truth.isAbsent(value)) {
            return List.of();
        }
        return switch (operator) {
            case EQUAL -> List.of(new Criterion.OneOf(path, List.of(value)));
            case LESS, LESS_EQUAL -> List.of(new Criterion.Within(path, null, value));
            default -> List.of(new Criterion.Within(path, value, null));
        };
    }

    private static Operator mirrored(Operator operator) {
        return switch (operator) {
            case LESS -> Operator.GREATER;
            case LESS_EQUAL -> Operator.GREATER_EQUAL;
            case GREATER -> Operator.LESS;
            case GREATER_EQUAL -> Operator.LESS_EQUAL;
            default -> operator;
        };
    }

    private @Nullable List<Criterion> oneOf(Path path, List<Expression> elements) {
        List<Value> values = new ArrayList<>();
        for (Expression element : elements) {
            Value value = constant(element);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return oneOf(values, path);
    }

    private static @Nullable List<Criterion> oneOf(List<Value> values, Path path) {
        List<Value> possible =
                values.stream().filter(value -> !Truth.isAbsent(value)).toList();
        if (possible.size() > COUNT_MAX) {
            return null;
        }
        return possible.isEmpty() ? List.of() : List.of(new Criterion.OneOf(path, possible));
    }

    private static @Nullable List<Criterion> within(Path path, @Nullable Value low, @Nullable Value high) {
        if (low == null || high == null) {
            return null;
        }
        return Truth.isAbsent(low) || Truth.isAbsent(high) ? List.of() : List.of(new Criterion.Within(path, low, high));
    }

    private @Nullable Value constant(Expression expression) {
        return Compiler.isRowIndependent(expression) ? constants.apply(expression) : null;
    }

    /** A guess how many documents meet the criteria: few have a certain text or number, half have a certain boolean. */
    private static long cost(List<Criterion> criteria) {
        long cost = 0;
        for (Criterion criterion : criteria) {
            cost += switch (criterion) {
                case Criterion.OneOf(Path path, List<Value> values) -> {
                    long each = path.key(0).equals("_id") && path.depth() == 1 ? 1 : 2;
                    long sum = 0;
                    for (Value value : values) {
                        sum += value instanceof Value.Bool || Truth.isAbsent(value) ? 4096 : each;
                    }
                    yield sum;
                }
                case Criterion.Within within -> within.low() == null || within.high() == null ? 2048 : 512;
            };
        }
        return cost;
    }
}
