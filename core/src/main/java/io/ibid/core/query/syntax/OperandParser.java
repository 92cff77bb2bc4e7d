package io.ibid.core.query.syntax;

import io.ibid.core.query.syntax.Expression.AggregateKind;
import io.ibid.core.query.syntax.Expression.CastType;
import io.ibid.core.query.syntax.Expression.Quantifier;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what stands between operators: literals, names, calls, and everything in brackets of its own. */
final class OperandParser {
    private static final String CAST_TYPES = "STRING, INTEGER, FLOAT, BOOLEAN or BINARY";

    private final TokenReader in;
    private final ExpressionParser expressions;

    OperandParser(TokenReader in, ExpressionParser expressions) {
        this.in = in;
        this.expressions = expressions;
    }

    Expression parse() {
        int at = in.at();
        switch (in.kind()) {
            case INTEGER_LITERAL, HEX_LITERAL, FLOAT_LITERAL -> {
                return leaf(new Expression.Literal(at, in.number(false)));
            }
            case STRING_LITERAL -> {
                return leaf(new Expression.Literal(at, Value.of(in.string())));
            }
            case TRUE -> {
                return word(at, Value.TRUE);
            }
            case FALSE -> {
                return word(at, Value.FALSE);
            }
            case NULL -> {
                return word(at, Value.NULL);
            }
            case MISSING -> {
                return word(at, Value.MISSING);
            }
            case COLON -> {
                if (!in.isParameter(0)) {
                    throw in.expected("an expression");
                }
                return leaf(new Expression.Parameter(at, in.parameterName()));
            }
            case OPEN -> {
                in.skip();
                Expression inner = expressions.parse();
                in.expect(TokenKind.CLOSE);
                return inner;
            }
            case OPEN_BRACKET -> {
                return arrayLiteral(at);
            }
            case OPEN_BRACE -> {
                return objectLiteral(at);
            }
            case CASE -> {
                return caseExpression(at);
            }
            case CAST -> {
                return cast(at);
            }
            case ANY, EVERY -> {
                return quantified(at);
            }
            case SELECT -> throw in.unsupported("A subquery");
            default -> {
                return named(at);
            }
        }
    }

    private Expression word(int at, Value value) {
        in.skip();
        return leaf(new Expression.Literal(at, value));
    }

    private Expression leaf(Expression leaf) {
        expressions.rise(0);
        return leaf;
    }

    private Expression named(int at) {
        TokenKind kind = in.kind();
        if (!kind.isName()) {
            throw in.expected("an expression");
        }
        if (in.kind(1) == TokenKind.OPEN) {
            return call(at, kind);
        }
        if (kind == TokenKind.ARRAY && startsOperand()) {
            return arrayComprehension(at);
        }
        if (kind == TokenKind.OBJECT && startsOperand()) {
            return objectComprehension(at);
        }
        return leaf(new Expression.Names(at, in.path()));
    }

    /** Whether the token after the current one can begin an operand; then ARRAY and OBJECT begin a comprehension. */
    private boolean startsOperand() {
        return switch (in.kind(1)) {
            case STRING_LITERAL,
                    INTEGER_LITERAL,
                    HEX_LITERAL,
                    FLOAT_LITERAL,
                    TRUE,
                    FALSE,
                    NULL,
                    MISSING,
                    NOT,
                    MINUS,
                    OPEN,
                    OPEN_BRACKET,
                    OPEN_BRACE,
                    CASE,
                    CAST,
                    ANY,
                    EVERY -> true;
            case COLON -> in.isParameter(1);
            // These may follow a path called "array" or "object" inside an expression.
            case ESCAPE, FOR -> false;
            default -> in.kind(1).isName();
        };
    }

    private Expression call(int at, TokenKind kind) {
        switch (kind) {
            case COUNT, SUM, AVG, MIN, MAX, MEDIAN, MID -> {
                return aggregate(at, AggregateKind.valueOf(kind.name()));
            }
            case TRIM -> {
                return trim(at);
            }
            case ARRAY -> {
                return arrayComprehension(at);
            }
            case OBJECT -> {
                return objectComprehension(at);
            }
            default -> {}
        }
        String name = in.name();
        in.expect(TokenKind.OPEN);
        if (in.accept(TokenKind.CLOSE)) {
            return leaf(new Expression.Call(at, name, List.of()));
        }
        List<Expression> arguments;
        if (kind == TokenKind.POSITION) {
            Expression part = expressions.parseAboveComparison();
            in.expect(TokenKind.IN);
            int partHeight = expressions.height();
            Expression whole = expressions.parse();
            expressions.rise(Math.max(partHeight, expressions.height()));
            in.expect(TokenKind.CLOSE);
            return new Expression.Call(at, "pos", List.of(whole, part));
        }
        arguments = expressions.list();
        expressions.rise(expressions.height());
        in.expect(TokenKind.CLOSE);
        return new Expression.Call(at, name, arguments);
    }

    private Expression aggregate(int at, AggregateKind kind) {
        in.skip();
        in.skip();
        if (kind == AggregateKind.COUNT && in.accept(TokenKind.STAR)) {
            in.expect(TokenKind.CLOSE);
            return leaf(new Expression.Aggregate(at, kind, false, null));
        }
        boolean distinct = in.accept(TokenKind.DISTINCT);
        Expression operand = expressions.parse();
        expressions.rise(expressions.height());
        in.expect(TokenKind.CLOSE);
        return new Expression.Aggregate(at, kind, distinct, operand);
    }

    /** {@code TRIM([BOTH|LEADING|TRAILING] [characters] FROM text)}, which becomes the function that does it. */
    private Expression trim(int at) {
        in.skip();
        in.skip();
        String name = "trim";
        if (startsOperand() || in.kind(1) == TokenKind.FROM) {
            if (in.accept(TokenKind.LEADING)) {
                name = "ltrim";
            } else if (in.accept(TokenKind.TRAILING)) {
                name = "rtrim";
            } else {
                in.accept(TokenKind.BOTH);
            }
        }
        List<Expression> arguments = new ArrayList<>();
        int highest = 0;
        if (!in.is(TokenKind.FROM)) {
            arguments.add(expressions.parse());
            highest = expressions.height();
        }
        in.expect(TokenKind.FROM);
        arguments.addFirst(expressions.parse());
        expressions.rise(Math.max(highest, expressions.height()));
        in.expect(TokenKind.CLOSE);
        return new Expression.Call(at, name, List.copyOf(arguments));
    }

    private Expression arrayLiteral(int at) {
        in.skip();
        if (in.accept(TokenKind.CLOSE_BRACKET)) {
            return leaf(new Expression.ArrayLiteral(at, List.of()));
        }
        List<Expression> elements = expressions.list();
        expressions.rise(expressions.height());
        in.expect(TokenKind.CLOSE_BRACKET);
        return new Expression.ArrayLiteral(at, elements);
    }

    private Expression objectLiteral(int at) {
        in.skip();
        if (in.accept(TokenKind.CLOSE_BRACE)) {
            return leaf(new Expression.ObjectLiteral(at, List.of()));
        }
        List<Expression.Pair> pairs = new ArrayList<>();
        int highest = 0;
        do {
            Expression key = expressions.parse();
            highest = Math.max(highest, expressions.height());
            in.expect(TokenKind.COLON);
            pairs.add(new Expression.Pair(key, expressions.parse()));
            highest = Math.max(highest, expressions.height());
        } while (in.accept(TokenKind.COMMA));
        expressions.rise(highest);
        in.expect(TokenKind.CLOSE_BRACE);
        return new Expression.ObjectLiteral(at, pairs);
    }

    private Expression caseExpression(int at) {
        in.skip();
        int highest = 0;
        Expression subject = null;
        if (!in.is(TokenKind.WHEN)) {
            subject = expressions.parse();
            highest = expressions.height();
        }
        List<Expression.When> branches = new ArrayList<>();
        if (!in.is(TokenKind.WHEN)) {
            throw in.expected("WHEN");
        }
        while (in.accept(TokenKind.WHEN)) {
            Expression condition = expressions.parse();
            highest = Math.max(highest, expressions.height());
            in.expect(TokenKind.THEN);
            branches.add(new Expression.When(condition, expressions.parse()));
            highest = Math.max(highest, expressions.height());
        }
        Expression otherwise = null;
        if (in.accept(TokenKind.ELSE)) {
            otherwise = expressions.parse();
            highest = Math.max(highest, expressions.height());
        }
        expressions.rise(highest);
        in.expect(TokenKind.END);
        return new Expression.Case(at, subject, branches, otherwise);
    }

    private Expression cast(int at) {
        in.skip();
        in.expect(TokenKind.OPEN);
        Expression operand = expressions.parse();
        expressions.rise(expressions.height());
        if (!in.accept(TokenKind.AS)) {
            // cast(x, 'type')
            if (!in.accept(TokenKind.COMMA)) {
                throw in.expected("AS");
            }
            if (!in.is(TokenKind.STRING_LITERAL)) {
                throw in.expected("the name of a type as string");
            }
        } else if (!in.isName()) {
            throw in.expected(CAST_TYPES);
        }
        CastType type = castType();
        in.expect(TokenKind.CLOSE);
        return new Expression.Cast(at, operand, type);
    }

    private CastType castType() {
        for (CastType type : CastType.values()) {
            if (in.readsWord(type.name())) {
                in.skip();
                return type;
            }
        }
        throw in.expected(CAST_TYPES);
    }

    private Expression quantified(int at) {
        Quantifier quantifier = Quantifier.EVERY;
        if (in.accept(TokenKind.ANY)) {
            quantifier = Quantifier.ANY;
            if (in.accept(TokenKind.AND)) {
                in.expect(TokenKind.EVERY);
                quantifier = Quantifier.ANY_AND_EVERY;
            }
        } else {
            in.expect(TokenKind.EVERY);
        }
        Expression.Loop loop = loop();
        int highest = expressions.height();
        in.expect(TokenKind.SATISFIES);
        Expression condition = expressions.parse();
        expressions.rise(Math.max(highest, expressions.height()));
        in.expect(TokenKind.END);
        return new Expression.Quantified(at, quantifier, loop, condition);
    }

    private Expression.Loop loop() {
        String variable = in.name();
        String index = null;
        if (in.accept(TokenKind.COLON)) {
            index = variable;
            variable = in.name();
        }
        boolean within = in.accept(TokenKind.WITHIN);
        if (!within) {
            if (!in.is(TokenKind.IN)) {
                throw in.expected("IN or WITHIN");
            }
            in.skip();
        }
        return new Expression.Loop(index, variable, within, expressions.parse());
    }

    private Expression arrayComprehension(int at) {
        in.skip();
        Expression element = expressions.parse();
        int highest = expressions.height();
        in.expect(TokenKind.FOR);
        Expression.Loop loop = loop();
        highest = Math.max(highest, expressions.height());
        Expression condition = comprehensionEnd(highest);
        return new Expression.ArrayComprehension(at, element, loop, condition);
    }

    private Expression objectComprehension(int at) {
        in.skip();
        Expression name = expressions.parse();
        int highest = expressions.height();
        in.expect(TokenKind.COLON);
        Expression value = expressions.parse();
        highest = Math.max(highest, expressions.height());
        in.expect(TokenKind.FOR);
        Expression.Loop loop = loop();
        highest = Math.max(highest, expressions.height());
        Expression condition = comprehensionEnd(highest);
        return new Expression.ObjectComprehension(at, name, value, loop, condition);
    }

    private @Nullable Expression comprehensionEnd(int childrenHeight) {
        int highest = childrenHeight;
        Expression condition = null;
        if (in.accept(TokenKind.WHEN)) {
            condition = expressions.parse();
            highest = Math.max(highest, expressions.height());
        }
        expressions.rise(highest);
        in.expect(TokenKind.END);
        return condition;
    }
}
