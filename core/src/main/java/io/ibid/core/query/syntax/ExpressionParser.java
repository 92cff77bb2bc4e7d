package io.ibid.core.query.syntax;

import io.ibid.core.query.syntax.Expression.Operator;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by precedence climbing. {@link #parse(int)} reads an operand and then, as long as operators bind at least as
 * tight as asked, takes the tree so far for their left side. Tighter levels are greater numbers (docs/dql.md, "Precedence").
 *
 * <p>Every method that returns a tree leaves its height in {@link #height}: a chain such as {@code a - b - c} grows without
 * recursion here but not in those who walk the tree later, so its height counts as nesting.
 */
final class ExpressionParser {
    private static final int LEVEL_COMPARISON = 20;
    private static final int LEVEL_MATCH = 19;
    private static final int LEVEL_IS = 17;
    private static final int LEVEL_NOT = 15;
    private static final int LEVEL_AND = 10;
    private static final int LEVEL_XOR = 7;
    private static final int LEVEL_OR = 5;

    private final TokenReader in;
    private final OperandParser operands;
    private int depth;
    private int height;

    ExpressionParser(TokenReader in) {
        this.in = in;
        this.operands = new OperandParser(in, this);
    }

    /** Reads a whole expression. */
    Expression parse() {
        return parse(0);
    }

    /** Reads an expression whose operators outside parentheses all bind tighter than comparisons. */
    Expression parseAboveComparison() {
        return parse(LEVEL_COMPARISON + 1);
    }

    private Expression parse(int level) {
        enter();
        Expression left = operand();
        while (true) {
            TokenKind kind = in.kind();
            Operator operator = operatorOf(kind);
            if (operator != null) {
                if (operator.level() < level) {
                    break;
                }
                int leftHeight = height;
                int at = in.at();
                in.skip();
                Expression right = parse(operator.level() + 1);
                left = new Expression.Operation(at, operator, left, right);
                rise(Math.max(leftHeight, height));
            } else {
                Expression extended = lowOperator(left, kind, level);
                if (extended == null) {
                    break;
                }
                left = extended;
            }
        }
        depth--;
        return left;
    }

    private static @Nullable Operator operatorOf(TokenKind kind) {
        return switch (kind) {
            case STAR -> Operator.MULTIPLY;
            case SLASH -> Operator.DIVIDE;
            case PERCENT -> Operator.REMAINDER;
            case PLUS -> Operator.ADD;
            case MINUS -> Operator.SUBTRACT;
            case CONCATENATE -> Operator.CONCATENATE;
            case SHIFT_RIGHT -> Operator.SHIFT_RIGHT;
            case SHIFT_LEFT -> Operator.SHIFT_LEFT;
            case EQUAL -> Operator.EQUAL;
            case NOT_EQUAL -> Operator.NOT_EQUAL;
            case LESS -> Operator.LESS;
            case LESS_EQUAL -> Operator.LESS_EQUAL;
            case GREATER -> Operator.GREATER;
            case GREATER_EQUAL -> Operator.GREATER_EQUAL;
            default -> null;
        };
    }

    /** The operators that are words; null when none of them stands here or it binds too loosely. */
    private @Nullable Expression lowOperator(Expression left, TokenKind kind, int level) {
        return switch (kind) {
            case AND -> level <= LEVEL_AND ? chain(left, kind, LEVEL_AND) : null;
            case OR -> level <= LEVEL_OR ? chain(left, kind, LEVEL_OR) : null;
            case XOR -> level <= LEVEL_XOR ? chain(left, kind, LEVEL_XOR) : null;
            case IS -> level <= LEVEL_IS ? is(left) : null;
            case IN, BETWEEN -> level <= LEVEL_COMPARISON ? membership(left, in.at(), false) : null;
            case LIKE, ILIKE, SIMILAR -> level <= LEVEL_MATCH ? match(left, in.at(), false) : null;
            case NOT ->
                switch (in.kind(1)) {
                    case IN, BETWEEN -> level <= LEVEL_COMPARISON ? membership(left, notOperator(), true) : null;
                    case LIKE, ILIKE, SIMILAR -> level <= LEVEL_MATCH ? match(left, notOperator(), true) : null;
                    default -> null;
                };
            default -> null;
        };
    }

    private int notOperator() {
        int at = in.at();
        in.skip();
        return at;
    }

    private Expression chain(Expression first, TokenKind word, int level) {
        int at = in.at();
        int highest = height;
        List<Expression> parts = new ArrayList<>();
        parts.add(first);
        while (in.accept(word)) {
            parts.add(parse(level + 1));
            highest = Math.max(highest, height);
        }
        rise(highest);
        return switch (word) {
            case AND -> new Expression.And(at, parts);
            case OR -> new Expression.Or(at, parts);
            default -> new Expression.Xor(at, parts);
        };
    }

    private Expression is(Expression left) {
        int at = in.at();
        in.skip();
        boolean negated = in.accept(TokenKind.NOT);
        rise(height);
        if (in.accept(TokenKind.MISSING)) {
            return new Expression.IsMissing(at, left, negated);
        }
        if (in.accept(TokenKind.NULL) || in.accept(TokenKind.UNKNOWN)) {
            return new Expression.IsNull(at, left, negated);
        }
        throw in.expected("NULL, UNKNOWN or MISSING");
    }

    private Expression membership(Expression left, int at, boolean negated) {
        int highest = height;
        if (in.accept(TokenKind.BETWEEN)) {
            Expression low = parseAboveComparison();
            highest = Math.max(highest, height);
            in.expect(TokenKind.AND);
            Expression high = parseAboveComparison();
            rise(Math.max(highest, height));
            return new Expression.Between(at, left, negated, low, high);
        }
        in.expect(TokenKind.IN);
        if (!in.is(TokenKind.OPEN)) {
            Expression array = parseAboveComparison();
            rise(Math.max(highest, height));
            return new Expression.InArray(at, left, negated, array);
        }
        in.skip();
        List<Expression> elements = list();
        rise(Math.max(highest, height));
        in.expect(TokenKind.CLOSE);
        return new Expression.InList(at, left, negated, elements);
    }

    private Expression match(Expression left, int at, boolean negated) {
        Expression.MatchKind kind = switch (in.kind()) {
            case LIKE -> Expression.MatchKind.LIKE;
            case ILIKE -> Expression.MatchKind.ILIKE;
            default -> Expression.MatchKind.SIMILAR_TO;
        };
        in.skip();
        if (kind == Expression.MatchKind.SIMILAR_TO) {
            in.expect(TokenKind.TO);
        }
        int highest = height;
        Expression pattern = parse(LEVEL_MATCH + 1);
        highest = Math.max(highest, height);
        Expression escape = null;
        if (in.accept(TokenKind.ESCAPE)) {
            escape = parse(LEVEL_MATCH + 1);
            highest = Math.max(highest, height);
        }
        rise(highest);
        return new Expression.Match(at, kind, left, negated, pattern, escape);
    }

    /** An operand with its prefixes and, tightest of all, its navigation. */
    private Expression operand() {
        int at = in.at();
        if (in.accept(TokenKind.NOT)) {
            Expression operand = parse(LEVEL_NOT + 1);
            rise(height);
            return new Expression.Not(at, operand);
        }
        if (in.accept(TokenKind.MINUS)) {
            return negative(at);
        }
        return navigation(operands.parse());
    }

    private Expression negative(int at) {
        if (in.is(TokenKind.INTEGER_LITERAL) || in.is(TokenKind.HEX_LITERAL) || in.is(TokenKind.FLOAT_LITERAL)) {
            height = 1;
            return navigation(new Expression.Literal(at, in.number(true)));
        }
        enter();
        Expression operand = operand();
        depth--;
        rise(height);
        return new Expression.Negation(at, operand);
    }

    private Expression navigation(Expression base) {
        Expression result = base;
        while (true) {
            int at = in.at();
            if (in.accept(TokenKind.DOT)) {
                result = new Expression.Member(at, result, in.name());
            } else if (in.accept(TokenKind.OPEN_BRACKET)) {
                boolean negative = in.accept(TokenKind.MINUS);
                if (!in.is(TokenKind.INTEGER_LITERAL)) {
                    throw in.expected("an integer as array index");
                }
                if (!(in.number(negative) instanceof Value.Int(long index))) {
                    throw in.error("the array index is out of range");
                }
                in.expect(TokenKind.CLOSE_BRACKET);
                result = new Expression.Subscript(at, result, index);
            } else {
                return result;
            }
            rise(height);
        }
    }

    /** Reads {@code e, f, ...}, at least one. Leaves the greatest height. */
    List<Expression> list() {
        Expression first = parse();
        if (!in.is(TokenKind.COMMA)) {
            return List.of(first);
        }
        List<Expression> elements = new ArrayList<>();
        elements.add(first);
        int highest = height;
        while (in.accept(TokenKind.COMMA)) {
            elements.add(parse());
            highest = Math.max(highest, height);
        }
        height = highest;
        return elements;
    }

    /** The height of the tree that was returned last. */
    int height() {
        return height;
    }

    /** Declares a tree that stands one above children of that height. */
    void rise(int childrenHeight) {
        height = childrenHeight + 1;
        if (height > Parser.NESTING_MAX) {
            throw in.tooDeep();
        }
    }

    private void enter() {
        if (++depth > Parser.NESTING_MAX) {
            throw in.tooDeep();
        }
    }
}
