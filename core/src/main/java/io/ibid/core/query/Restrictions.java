package io.ibid.core.query;

import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Expression.Operator;
import io.ibid.core.query.syntax.Trees;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a bound condition what it says about single fields of one FROM term. Negations are carried down to the tests, which is right
 * in this logic too: {@code NOT (a AND b)} is TRUE where one of the two is FALSE, and {@code NOT (a < 1)} where {@code a >= 1}.
 */
final class Restrictions {
    private final int term;
    private final IntPredicate isKnown;
    private final Function<Expression, Compiled> compiler;

    /**
     * @param term the number of the FROM term
     * @param isKnown by number of a FROM term, whether its row is known before one of this term is looked for
     */
    Restrictions(int term, IntPredicate isKnown, Function<Expression, Compiled> compiler) {
        this.term = term;
        this.isKnown = isKnown;
        this.compiler = compiler;
    }

    Restriction of(Expression condition) {
        return of(condition, false);
    }

    private Restriction of(Expression condition, boolean negated) {
        return switch (condition) {
            case Expression.And and -> negated ? any(and.operands(), true) : all(and.operands(), false);
            case Expression.Or or -> negated ? all(or.operands(), true) : any(or.operands(), false);
            case Expression.Not not -> of(not.operand(), !negated);
            case Expression.Field field ->
                test(field, FieldTest.Kind.EQUAL, List.of(new Expression.Literal(field.at(), Value.of(!negated))));
            case Expression.Operation operation -> comparison(operation, negated);
            case Expression.IsNull test ->
                test(
                        test.operand(),
                        negated == test.negated() ? FieldTest.Kind.NULL : FieldTest.Kind.NOT_NULL,
                        List.of());
            case Expression.IsMissing test ->
                test(
                        test.operand(),
                        negated == test.negated() ? FieldTest.Kind.MISSING : FieldTest.Kind.NOT_MISSING,
                        List.of());
            case Expression.Between between ->
                test(
                        between.operand(),
                        negated == between.negated() ? FieldTest.Kind.BETWEEN : FieldTest.Kind.NOT_BETWEEN,
                        List.of(between.low(), between.high()));
            case Expression.InList in
            when negated == in.negated() -> test(in.operand(), FieldTest.Kind.LISTED, in.elements());
            case Expression.InArray in
            when negated == in.negated() -> test(in.operand(), FieldTest.Kind.ELEMENT, List.of(in.array()));
            case Expression.Match match
            when negated == match.negated() && match.kind() == Expression.MatchKind.LIKE -> {
                Expression escape = match.escape();
                yield test(
                        match.operand(),
                        FieldTest.Kind.LIKE,
                        List.of(
                                match.pattern(),
                                escape == null ? new Expression.Literal(match.at(), Value.of("\\")) : escape));
            }
            default -> Restriction.Opaque.INSTANCE;
        };
    }

    private Restriction all(List<Expression> operands, boolean negated) {
        List<Restriction> parts = new ArrayList<>(operands.size());
        for (Expression operand : operands) {
            switch (of(operand, negated)) {
                case Restriction.All(List<Restriction> inner) -> parts.addAll(inner);
                case Restriction part -> parts.add(part);
            }
        }
        return new Restriction.All(parts);
    }

    private Restriction any(List<Expression> operands, boolean negated) {
        List<Restriction> parts = new ArrayList<>(operands.size());
        for (Expression operand : operands) {
            switch (of(operand, negated)) {
                case Restriction.Any(List<Restriction> inner) -> parts.addAll(inner);
                case Restriction part -> parts.add(part);
            }
        }
        return new Restriction.Any(parts);
    }

    private Restriction comparison(Expression.Operation operation, boolean negated) {
        FieldTest.Kind kind = kindOf(operation.operator());
        if (kind == null) {
            return Restriction.Opaque.INSTANCE;
        }
        FieldTest.Kind meant = negated ? kind.complement() : kind;
        Restriction test = test(operation.left(), meant, List.of(operation.right()));
        return test instanceof Restriction.Opaque
                ? test(operation.right(), meant.mirrored(), List.of(operation.left()))
                : test;
    }

    private static FieldTest.@Nullable Kind kindOf(Operator operator) {
        return switch (operator) {
            case EQUAL -> FieldTest.Kind.EQUAL;
            case NOT_EQUAL -> FieldTest.Kind.NOT_EQUAL;
            case LESS -> FieldTest.Kind.LESS;
            case LESS_EQUAL -> FieldTest.Kind.LESS_EQUAL;
            case GREATER -> FieldTest.Kind.GREATER;
            case GREATER_EQUAL -> FieldTest.Kind.GREATER_EQUAL;
            default -> null;
        };
    }

    private Restriction test(Expression field, FieldTest.Kind kind, List<Expression> operands) {
        if (!(field instanceof Expression.Field(int at, int of, Path path)) || of != term) {
            return Restriction.Opaque.INSTANCE;
        }
        boolean constant = true;
        for (Expression operand : operands) {
            if (!isKnown(operand)) {
                return Restriction.Opaque.INSTANCE;
            }
            constant &= Compiler.isRowIndependent(operand);
        }
        return new Restriction.Test(
                new FieldTest(path, kind, operands.stream().map(compiler).toList(), constant));
    }

    /** Whether the value is known before the row is. */
    private boolean isKnown(Expression operand) {
        return !Trees.any(operand, node -> switch (node) {
            case Expression.Field field -> !isKnown.test(field.term());
            case Expression.Unqualified field -> true;
            case Expression.WholeDocument document -> !isKnown.test(document.term());
            case Expression.Variable variable -> true;
            case Expression.GroupKey key -> true;
            case Expression.AggregateValue value -> true;
            default -> false;
        });
    }
}
