package io.ibid.core.query;

import io.ibid.core.query.function.Arithmetic;
import io.ibid.core.query.function.Casts;
import io.ibid.core.query.function.Comparison;
import io.ibid.core.query.function.Truth;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Compiles operators: arithmetic, comparison, logic, membership, casts. */
final class OperatorCompiler {
    private final Compiler compiler;
    private final CallCompiler calls;

    OperatorCompiler(Compiler compiler, CallCompiler calls) {
        this.compiler = compiler;
        this.calls = calls;
    }

    Evaluator operation(Expression.Operation operation) {
        Evaluator a = compiler.compile(operation.left());
        Evaluator b = compiler.compile(operation.right());
        return switch (operation.operator()) {
            case EQUAL -> scope -> Comparison.equal(a.evaluate(scope), b.evaluate(scope));
            case NOT_EQUAL -> scope -> Truth.not(Comparison.equal(a.evaluate(scope), b.evaluate(scope)));
            case LESS -> scope -> Comparison.less(a.evaluate(scope), b.evaluate(scope));
            case LESS_EQUAL -> scope -> Comparison.lessOrEqual(a.evaluate(scope), b.evaluate(scope));
            case GREATER -> scope -> Comparison.less(b.evaluate(scope), a.evaluate(scope));
            case GREATER_EQUAL -> scope -> Comparison.lessOrEqual(b.evaluate(scope), a.evaluate(scope));
            case ADD -> arithmetic(a, b, Arithmetic::add);
            case SUBTRACT -> arithmetic(a, b, Arithmetic::subtract);
            case MULTIPLY -> arithmetic(a, b, Arithmetic::multiply);
            case DIVIDE -> arithmetic(a, b, Arithmetic::divide);
            case REMAINDER -> arithmetic(a, b, Arithmetic::remainder);
            case SHIFT_LEFT -> arithmetic(a, b, Arithmetic::shiftLeft);
            case SHIFT_RIGHT -> arithmetic(a, b, Arithmetic::shiftRight);
            case CONCATENATE -> calls.concatenation(operation, a, b);
        };
    }

    private interface Arithmetician {
        Value apply(Value a, Value b);
    }

    private static Evaluator arithmetic(Evaluator a, Evaluator b, Arithmetician operation) {
        return scope -> {
            Value x = a.evaluate(scope);
            Value y = b.evaluate(scope);
            if (Truth.isMissing(x) || Truth.isMissing(y)) {
                return Value.MISSING;
            }
            return Truth.isNull(x) || Truth.isNull(y) ? Value.NULL : operation.apply(x, y);
        };
    }

    Evaluator inList(Expression.InList in) {
        Evaluator operand = compiler.compile(in.operand());
        List<Evaluator> elements = compiler.compileAll(in.elements());
        List<Value> constants = new ArrayList<>();
        for (Evaluator element : elements) {
            if (element instanceof Evaluator.Constant constant) {
                constants.add(constant.value());
            }
        }
        if (constants.size() == elements.size()) {
            Membership list = Membership.of(constants);
            return scope -> list.contains(operand.evaluate(scope));
        }
        return scope -> {
            Value x = operand.evaluate(scope);
            if (Truth.isAbsent(x)) {
                return x;
            }
            boolean open = false;
            for (Evaluator element : elements) {
                Value value = element.evaluate(scope);
                if (Comparison.same(x, value)) {
                    return Value.TRUE;
                }
                open |= Truth.isAbsent(value);
            }
            return open ? Value.NULL : Value.FALSE;
        };
    }

    Evaluator inArray(Expression.InArray in) {
        Evaluator operand = compiler.compile(in.operand());
        Evaluator array = compiler.compile(in.array());
        int cache = Compiler.isRowIndependent(in.array()) ? compiler.newCache() : CachedMembership.NONE;
        return scope -> {
            Value x = operand.evaluate(scope);
            Value list = array.evaluate(scope);
            if (Truth.isMissing(x) || Truth.isMissing(list)) {
                return Value.MISSING;
            }
            if (Truth.isNull(x) || Truth.isNull(list)) {
                return Value.NULL;
            }
            if (!(list instanceof Value.Array values)) {
                return Value.MISSING;
            }
            return cache == CachedMembership.NONE
                    ? Membership.search(x, values.elements())
                    : CachedMembership.of(scope, cache, values).contains(x);
        };
    }

    Evaluator between(Expression.Between between) {
        Evaluator operand = compiler.compile(between.operand());
        Evaluator low = compiler.compile(between.low());
        Evaluator high = compiler.compile(between.high());
        return scope -> {
            Value x = operand.evaluate(scope);
            return Truth.and(
                    Comparison.lessOrEqual(low.evaluate(scope), x), Comparison.lessOrEqual(x, high.evaluate(scope)));
        };
    }

    Evaluator cast(Expression.Cast cast) {
        Evaluator operand = compiler.compile(cast.operand());
        return switch (cast.type()) {
            case STRING -> scope -> Casts.toText(operand.evaluate(scope));
            case INTEGER -> scope -> Casts.toInteger(operand.evaluate(scope));
            case FLOAT -> scope -> Casts.toFloat(operand.evaluate(scope));
            case BOOLEAN -> scope -> Casts.toBoolean(operand.evaluate(scope));
            case BINARY -> scope -> Casts.toBinary(operand.evaluate(scope));
        };
    }

    Evaluator and(List<Expression> operands) {
        return new Conjunction(compiler.compileAll(operands).toArray(new Evaluator[0]));
    }

    /** TRUE when all conditions are. */
    static Evaluator conjunction(Evaluator[] conditions) {
        return new Conjunction(conditions);
    }

    Evaluator or(List<Expression> operands) {
        return new Disjunction(compiler.compileAll(operands).toArray(new Evaluator[0]));
    }

    Evaluator xor(List<Expression> operands) {
        List<Evaluator> evaluators = compiler.compileAll(operands);
        return scope -> {
            Value result = evaluators.getFirst().evaluate(scope);
            for (int i = 1; i < evaluators.size(); i++) {
                result = Truth.xor(result, evaluators.get(i).evaluate(scope));
            }
            return result;
        };
    }

    /** AND. A condition needs all operands to be TRUE; a value needs all of them until one is FALSE. */
    private record Conjunction(Evaluator[] operands) implements Evaluator {
        @Override
        public Value evaluate(Scope scope) {
            Value result = Value.TRUE;
            for (Evaluator operand : operands) {
                result = Truth.and(result, operand.evaluate(scope));
                if (Truth.isFalse(result)) {
                    return result;
                }
            }
            return result;
        }

        @Override
        public boolean holds(Scope scope) {
            for (Evaluator operand : operands) {
                if (!operand.holds(scope)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** OR. */
    private record Disjunction(Evaluator[] operands) implements Evaluator {
        @Override
        public Value evaluate(Scope scope) {
            Value result = Value.FALSE;
            for (Evaluator operand : operands) {
                result = Truth.or(result, operand.evaluate(scope));
                if (Truth.isTrue(result)) {
                    return result;
                }
            }
            return result;
        }

        @Override
        public boolean holds(Scope scope) {
            for (Evaluator operand : operands) {
                if (operand.holds(scope)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The array of an IN that does not depend on the row, prepared for looking up. */
    private record CachedMembership(Value.Array array, Membership membership) {
        /** No slot: the array differs from row to row. */
        static final int NONE = -1;

        @SuppressWarnings("ReferenceEquality") // the very same array, not an equal one
        static Membership of(Scope scope, int slot, Value.Array array) {
            if (slot < scope.caches.length
                    && scope.caches[slot] instanceof CachedMembership cached
                    && cached.array == array) {
                return cached.membership;
            }
            Membership membership = Membership.of(array.elements());
            if (slot < scope.caches.length) {
                scope.caches[slot] = new CachedMembership(array, membership);
            }
            return membership;
        }
    }
}
