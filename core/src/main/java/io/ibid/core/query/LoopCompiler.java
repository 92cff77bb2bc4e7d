package io.ibid.core.query;

import io.ibid.core.query.function.Comparison;
import io.ibid.core.query.function.Truth;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles what evaluates its parts a varying number of times: CASE, quantifiers, comprehensions, and the literals they resemble. */
final class LoopCompiler {
    private final Compiler compiler;
    private int depth;

    LoopCompiler(Compiler compiler) {
        this.compiler = compiler;
    }

    Evaluator choice(Expression.Case choice) {
        Evaluator subject = choice.subject() == null ? null : compiler.compile(choice.subject());
        List<Evaluator> conditions = new ArrayList<>();
        List<Evaluator> results = new ArrayList<>();
        for (Expression.When branch : choice.branches()) {
            conditions.add(compiler.compile(branch.condition()));
            results.add(compiler.compile(branch.result()));
        }
        Evaluator otherwise =
                choice.otherwise() == null ? new Evaluator.Constant(Value.NULL) : compiler.compile(choice.otherwise());
        if (subject == null) {
            return scope -> {
                for (int i = 0; i < conditions.size(); i++) {
                    if (conditions.get(i).holds(scope)) {
                        return results.get(i).evaluate(scope);
                    }
                }
                return otherwise.evaluate(scope);
            };
        }
        return scope -> {
            Value value = subject.evaluate(scope);
            for (int i = 0; i < conditions.size(); i++) {
                if (Truth.isTrue(Comparison.equal(value, conditions.get(i).evaluate(scope)))) {
                    return results.get(i).evaluate(scope);
                }
            }
            return otherwise.evaluate(scope);
        };
    }

    Evaluator arrayLiteral(Expression.ArrayLiteral array) {
        List<Evaluator> elements = compiler.compileAll(array.elements());
        return scope -> {
            List<Value> values = new ArrayList<>(elements.size());
            for (Evaluator element : elements) {
                Value value = element.evaluate(scope);
                values.add(Truth.isMissing(value) ? Value.NULL : value);
            }
            return new Value.Array(values);
        };
    }

    Evaluator objectLiteral(Expression.ObjectLiteral object) {
        List<Evaluator> keys = new ArrayList<>();
        List<Evaluator> values = new ArrayList<>();
        for (Expression.Pair pair : sorted(object.pairs())) {
            keys.add(compiler.compile(pair.key()));
            values.add(compiler.compile(pair.value()));
        }
        return scope -> {
            Value.Struct.Builder builder = Value.Struct.builder();
            for (int i = 0; i < keys.size(); i++) {
                putPair(builder, keys.get(i).evaluate(scope), values.get(i).evaluate(scope));
            }
            return builder.build();
        };
    }

    /** Structs are built in the order of their names, so pairs whose names are written down are sorted once. Of equal names the last wins. */
    private static List<Expression.Pair> sorted(List<Expression.Pair> pairs) {
        for (Expression.Pair pair : pairs) {
            if (!(pair.key() instanceof Expression.Literal(int at, Value.Text name))) {
                return pairs;
            }
        }
        return pairs.stream()
                .sorted(Comparator.comparing(pair -> ((Expression.Literal) pair.key()).value(), ValueOrder.TOTAL))
                .toList();
    }

    /** A pair whose key is no text or whose value is MISSING is left out. */
    private static void putPair(Value.Struct.Builder builder, Value key, Value value) {
        if (key instanceof Value.Text(String name) && !Truth.isMissing(value)) {
            builder.put(name, value);
        }
    }

    Evaluator quantified(Expression.Quantified quantified) {
        CompiledLoop loop = enter(quantified.loop());
        Evaluator condition = compiler.compile(quantified.condition());
        depth--;
        boolean every = quantified.quantifier() != Expression.Quantifier.ANY;
        boolean emptyResult = quantified.quantifier() == Expression.Quantifier.EVERY;
        return scope -> {
            // Begins with the answer for an empty source; the first element that decides ends the loop.
            boolean[] result = {emptyResult};
            Value failure = loop.run(scope, () -> {
                result[0] = condition.holds(scope);
                return result[0] == every;
            });
            return failure == null ? Value.of(result[0]) : failure;
        };
    }

    Evaluator array(Expression.ArrayComprehension array) {
        CompiledLoop loop = enter(array.loop());
        Evaluator element = compiler.compile(array.element());
        Evaluator condition = compileCondition(array.condition());
        depth--;
        return scope -> {
            List<Value> values = new ArrayList<>();
            scope.beginBuilding();
            Value failure = loop.run(scope, () -> {
                if (condition.holds(scope)) {
                    Value value = element.evaluate(scope);
                    if (!Truth.isMissing(value)) {
                        scope.growBuilding(Sizes.of(value));
                        values.add(value);
                    }
                }
                return true;
            });
            scope.endBuilding();
            return failure == null ? new Value.Array(values) : failure;
        };
    }

    Evaluator object(Expression.ObjectComprehension object) {
        CompiledLoop loop = enter(object.loop());
        Evaluator name = compiler.compile(object.name());
        Evaluator value = compiler.compile(object.value());
        Evaluator condition = compileCondition(object.condition());
        depth--;
        return scope -> {
            Value.Struct.Builder builder = Value.Struct.builder();
            scope.beginBuilding();
            Value failure = loop.run(scope, () -> {
                if (condition.holds(scope)) {
                    Value element = value.evaluate(scope);
                    scope.growBuilding(Sizes.of(element) + Sizes.OBJECT);
                    putPair(builder, name.evaluate(scope), element);
                }
                return true;
            });
            scope.endBuilding();
            return failure == null ? builder.build() : failure;
        };
    }

    private Evaluator compileCondition(@Nullable Expression condition) {
        return condition == null ? new Evaluator.Constant(Value.TRUE) : compiler.compile(condition);
    }

    private CompiledLoop enter(Expression.Loop loop) {
        // A loop over constants is not computed in advance: its variables have no place outside an execution.
        compiler.markUnknown();
        Evaluator source = compiler.compile(loop.source());
        int variable = Expression.Loop.variableSlot(depth);
        int index = Expression.Loop.indexSlot(depth);
        depth++;
        compiler.needVariables(Expression.Loop.variableSlot(depth));
        return new CompiledLoop(source, loop.within(), variable, index);
    }

    /** What happens for each element; false ends the loop. */
    private interface Step {
        boolean next();
    }

    private record CompiledLoop(Evaluator source, boolean within, int variable, int index) {

        /** Runs over the source. What it answers, if anything, is the result instead: the source is nothing to run over. */
        @Nullable
        Value run(Scope scope, Step step) {
            Value value = source.evaluate(scope);
            if (Truth.isMissing(value)) {
                return Value.MISSING;
            }
            if (!(value instanceof Value.Array) && !(value instanceof Value.Struct)) {
                return Value.NULL;
            }
            visit(value, scope, step);
            return null;
        }

        private boolean visit(Value container, Scope scope, Step step) {
            if (container instanceof Value.Array(List<Value> elements)) {
                for (int i = 0; i < elements.size(); i++) {
                    if (!visit(Value.of(i), elements.get(i), scope, step)) {
                        return false;
                    }
                }
            } else if (container instanceof Value.Struct struct) {
                for (int i = 0; i < struct.size(); i++) {
                    if (!visit(Value.of(struct.name(i)), struct.value(i), scope, step)) {
                        return false;
                    }
                }
            }
            return true;
        }

        private boolean visit(Value key, Value element, Scope scope, Step step) {
            scope.limits.check();
            scope.variables[variable] = element;
            scope.variables[index] = key;
            return step.next() && (!within || visit(element, scope, step));
        }
    }
}
