package io.ibid.core.query.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Walks over expressions that need to know each kind of node only once. */
@SuppressWarnings("ReferenceEquality") // a node that did not change is kept, not copied
public final class Trees {

    private Trees() {}

    /** Whether the expression or anything below it meets the condition. */
    public static boolean any(Expression expression, Predicate<Expression> condition) {
        if (condition.test(expression)) {
            return true;
        }
        boolean[] found = new boolean[1];
        forEachChild(expression, child -> found[0] = found[0] || any(child, condition));
        return found[0];
    }

    /** Shows the direct children of a node. */
    public static void forEachChild(Expression expression, Consumer<Expression> visitor) {
        mapChildren(expression, child -> {
            visitor.accept(child);
            return child;
        });
    }

    /** The same node over other children; the node itself when all children are the same. */
    public static Expression mapChildren(Expression expression, UnaryOperator<Expression> change) {
        return switch (expression) {
            case Expression.Literal leaf -> leaf;
            case Expression.Parameter leaf -> leaf;
            case Expression.Names leaf -> leaf;
            case Expression.Field leaf -> leaf;
            case Expression.Unqualified leaf -> leaf;
            case Expression.WholeDocument leaf -> leaf;
            case Expression.Variable leaf -> leaf;
            case Expression.GroupKey leaf -> leaf;
            case Expression.AggregateValue leaf -> leaf;
            case Expression.Member(int at, Expression base, String name) -> {
                Expression changed = change.apply(base);
                yield changed == base ? expression : new Expression.Member(at, changed, name);
            }
            case Expression.Subscript(int at, Expression base, long index) -> {
                Expression changed = change.apply(base);
                yield changed == base ? expression : new Expression.Subscript(at, changed, index);
            }
            case Expression.Negation(int at, Expression operand) -> {
                Expression changed = change.apply(operand);
                yield changed == operand ? expression : new Expression.Negation(at, changed);
            }
            case Expression.Not(int at, Expression operand) -> {
                Expression changed = change.apply(operand);
                yield changed == operand ? expression : new Expression.Not(at, changed);
            }
            case Expression.Operation(int at, var operator, Expression left, Expression right) -> {
                Expression newLeft = change.apply(left);
                Expression newRight = change.apply(right);
                yield newLeft == left && newRight == right
                        ? expression
                        : new Expression.Operation(at, operator, newLeft, newRight);
            }
            case Expression.And(int at, List<Expression> operands) -> {
                List<Expression> changed = map(operands, change);
                yield changed == operands ? expression : new Expression.And(at, changed);
            }
            case Expression.Or(int at, List<Expression> operands) -> {
                List<Expression> changed = map(operands, change);
                yield changed == operands ? expression : new Expression.Or(at, changed);
            }
            case Expression.Xor(int at, List<Expression> operands) -> {
                List<Expression> changed = map(operands, change);
                yield changed == operands ? expression : new Expression.Xor(at, changed);
            }
            case Expression.IsNull(int at, Expression operand, boolean negated) -> {
                Expression changed = change.apply(operand);
                yield changed == operand ? expression : new Expression.IsNull(at, changed, negated);
            }
            case Expression.IsMissing(int at, Expression operand, boolean negated) -> {
                Expression changed = change.apply(operand);
                yield changed == operand ? expression : new Expression.IsMissing(at, changed, negated);
            }
            default -> mapLongForm(expression, change);
        };
    }

    private static Expression mapLongForm(Expression expression, UnaryOperator<Expression> change) {
        return switch (expression) {
            case Expression.InList(int at, Expression operand, boolean negated, List<Expression> elements) -> {
                Expression newOperand = change.apply(operand);
                List<Expression> changed = map(elements, change);
                yield newOperand == operand && changed == elements
                        ? expression
                        : new Expression.InList(at, newOperand, negated, changed);
            }
            case Expression.InArray(int at, Expression operand, boolean negated, Expression array) -> {
                Expression newOperand = change.apply(operand);
                Expression changed = change.apply(array);
                yield newOperand == operand && changed == array
                        ? expression
                        : new Expression.InArray(at, newOperand, negated, changed);
            }
            case Expression.Between(int at, Expression operand, boolean negated, Expression low, Expression high) -> {
                Expression newOperand = change.apply(operand);
                Expression newLow = change.apply(low);
                Expression newHigh = change.apply(high);
                yield newOperand == operand && newLow == low && newHigh == high
                        ? expression
                        : new Expression.Between(at, newOperand, negated, newLow, newHigh);
            }
            case Expression.Match(
                    int at,
                    var kind,
                    Expression operand,
                    boolean negated,
                    Expression pattern,
                    Expression escape) -> {
                Expression newOperand = change.apply(operand);
                Expression newPattern = change.apply(pattern);
                Expression newEscape = mapNullable(escape, change);
                yield newOperand == operand && newPattern == pattern && newEscape == escape
                        ? expression
                        : new Expression.Match(at, kind, newOperand, negated, newPattern, newEscape);
            }
            case Expression.Case choice -> mapCase(choice, change);
            case Expression.Cast(int at, Expression operand, var type) -> {
                Expression changed = change.apply(operand);
                yield changed == operand ? expression : new Expression.Cast(at, changed, type);
            }
            case Expression.Call(int at, String name, List<Expression> arguments) -> {
                List<Expression> changed = map(arguments, change);
                yield changed == arguments ? expression : new Expression.Call(at, name, changed);
            }
            case Expression.Aggregate(int at, var kind, boolean distinct, Expression operand) -> {
                Expression changed = mapNullable(operand, change);
                yield changed == operand ? expression : new Expression.Aggregate(at, kind, distinct, changed);
            }
            case Expression.Quantified(int at, var quantifier, Expression.Loop loop, Expression condition) -> {
                Expression.Loop newLoop = map(loop, change);
                Expression changed = change.apply(condition);
                yield newLoop == loop && changed == condition
                        ? expression
                        : new Expression.Quantified(at, quantifier, newLoop, changed);
            }
            case Expression.ArrayComprehension(
                    int at,
                    Expression element,
                    Expression.Loop loop,
                    Expression condition) -> {
                Expression.Loop newLoop = map(loop, change);
                Expression newElement = change.apply(element);
                Expression changed = mapNullable(condition, change);
                yield newLoop == loop && newElement == element && changed == condition
                        ? expression
                        : new Expression.ArrayComprehension(at, newElement, newLoop, changed);
            }
            case Expression.ObjectComprehension(
                    int at,
                    Expression name,
                    Expression value,
                    Expression.Loop loop,
                    Expression condition) -> {
                Expression.Loop newLoop = map(loop, change);
                Expression newName = change.apply(name);
                Expression newValue = change.apply(value);
                Expression changed = mapNullable(condition, change);
                yield newLoop == loop && newName == name && newValue == value && changed == condition
                        ? expression
                        : new Expression.ObjectComprehension(at, newName, newValue, newLoop, changed);
            }
            case Expression.ArrayLiteral(int at, List<Expression> elements) -> {
                List<Expression> changed = map(elements, change);
                yield changed == elements ? expression : new Expression.ArrayLiteral(at, changed);
            }
            case Expression.ObjectLiteral(int at, List<Expression.Pair> pairs) -> {
                List<Expression.Pair> changed = new ArrayList<>(pairs.size());
                boolean same = true;
                for (Expression.Pair pair : pairs) {
                    Expression key = change.apply(pair.key());
                    Expression value = change.apply(pair.value());
                    boolean samePair = key == pair.key() && value == pair.value();
                    changed.add(samePair ? pair : new Expression.Pair(key, value));
                    same &= samePair;
                }
                yield same ? expression : new Expression.ObjectLiteral(at, changed);
            }
            default -> throw new AssertionError(expression);
        };
    }

    private static Expression mapCase(Expression.Case choice, UnaryOperator<Expression> change) {
        Expression subject = mapNullable(choice.subject(), change);
        boolean same = subject == choice.subject();
        List<Expression.When> branches = new ArrayList<>(choice.branches().size());
        for (Expression.When branch : choice.branches()) {
            Expression condition = change.apply(branch.condition());
            Expression result = change.apply(branch.result());
            boolean sameBranch = condition == branch.condition() && result == branch.result();
            branches.add(sameBranch ? branch : new Expression.When(condition, result));
            same &= sameBranch;
        }
        Expression otherwise = mapNullable(choice.otherwise(), change);
        return same && otherwise == choice.otherwise()
                ? choice
                : new Expression.Case(choice.at(), subject, branches, otherwise);
    }

    private static Expression.Loop map(Expression.Loop loop, UnaryOperator<Expression> change) {
        Expression source = change.apply(loop.source());
        return source == loop.source()
                ? loop
                : new Expression.Loop(loop.index(), loop.variable(), loop.within(), source);
    }

    private static @Nullable Expression mapNullable(@Nullable Expression expression, UnaryOperator<Expression> change) {
        return expression == null ? null : change.apply(expression);
    }

    private static List<Expression> map(List<Expression> expressions, UnaryOperator<Expression> change) {
        List<Expression> changed = null;
        for (int i = 0; i < expressions.size(); i++) {
            Expression before = expressions.get(i);
            Expression after = change.apply(before);
            if (changed == null && after != before) {
                changed = new ArrayList<>(expressions.subList(0, i));
            }
            if (changed != null) {
                changed.add(after);
            }
        }
        return changed == null ? expressions : changed;
    }
}
