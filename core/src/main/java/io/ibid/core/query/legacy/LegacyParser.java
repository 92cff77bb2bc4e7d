package io.ibid.core.query.legacy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.query.legacy.LegacyToken.Kind;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Expression.Operator;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses one condition by recursive descent, into DQL's tree. Confinement: one call. */
final class LegacyParser {
    /** Far below what DQL allows, because some of these levels are two there. */
    private static final int NESTING_MAX = 100;

    private static final String ARGUMENTS = "$args";
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String text;
    private final List<LegacyToken> tokens;
    private final Value.Struct arguments;
    private final String collection;
    private int next;
    private int depth;

    LegacyParser(String text, Value.Struct arguments, String collection) {
        this.text = text;
        this.tokens = LegacyLexer.scan(text);
        this.arguments = arguments;
        this.collection = collection;
    }

    /** The whole text as one condition. */
    Expression condition() {
        if (peek().kind() == Kind.END) {
            throw error("a condition is missing; `findAll()` selects everything", peek());
        }
        Expression condition = or();
        if (peek().kind() != Kind.END) {
            boolean compared = condition instanceof Expression.Operation;
            throw error(
                    "expected an operator or the end, found " + peek().shown() + LegacyHints.operator(peek(), compared),
                    peek());
        }
        return condition;
    }

    /** The whole text as one path of a document. */
    Expression path() {
        LegacyToken first = take();
        if (first.kind() != Kind.NAME || first.text().equals(ARGUMENTS)) {
            throw error("expected the name of a field, found " + first.shown(), first);
        }
        Expression path = documentPath(first);
        if (peek().kind() != Kind.END) {
            throw error("expected the end of the path, found " + peek().shown(), peek());
        }
        return path;
    }

    private Expression or() {
        Expression first = and();
        if (!peek().is("||")) {
            return first;
        }
        int at = peek().at();
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (accept("||")) {
            operands.add(and());
        }
        return new Expression.Or(at, operands);
    }

    private Expression and() {
        Expression first = not();
        if (!peek().is("&&")) {
            return first;
        }
        int at = peek().at();
        List<Expression> operands = new ArrayList<>(List.of(first));
        while (accept("&&")) {
            operands.add(not());
        }
        return new Expression.And(at, operands);
    }

    private Expression not() {
        LegacyToken sign = peek();
        if (!accept("!")) {
            return comparison();
        }
        enter(sign);
        Expression negated = new Expression.Not(sign.at(), not());
        depth--;
        return negated;
    }

    private Expression comparison() {
        Expression left = term();
        LegacyToken sign = peek();
        Operator operator = sign.kind() == Kind.SIGN ? comparisonOperator(sign.text()) : null;
        if (operator == null) {
            return left;
        }
        next++;
        Expression right = term();
        boolean same = operator == Operator.EQUAL;
        if (same || operator == Operator.NOT_EQUAL) {
            if (isNull(right)) {
                return LegacyTerms.nullTest(sign.at(), left, same);
            }
            if (isNull(left)) {
                return LegacyTerms.nullTest(sign.at(), right, same);
            }
        }
        return new Expression.Operation(sign.at(), operator, left, right);
    }

    private static @Nullable Operator comparisonOperator(String sign) {
        return switch (sign) {
            case "==" -> Operator.EQUAL;
            case "!=" -> Operator.NOT_EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.LESS_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.GREATER_EQUAL;
            default -> null;
        };
    }

    /** Whether it is {@code null}, or an argument that is. */
    private boolean isNull(Expression expression) {
        Value known = LegacyTerms.known(expression, arguments);
        return known instanceof Value.Null;
    }

    private Expression term() {
        LegacyToken token = take();
        return switch (token.kind()) {
            case STRING, NUMBER -> new Expression.Literal(token.at(), token.value());
            case NAME -> named(token);
            case END -> throw error("expected a field, a value or `(`, found the end", token);
            case SIGN ->
                switch (token.text()) {
                    case "(" -> parenthesised(token);
                    case "[" -> list(token);
                    case "-" -> negative(token);
                    default -> throw error("expected a field, a value or `(`, found " + token.shown(), token);
                };
        };
    }

    private Expression parenthesised(LegacyToken opening) {
        enter(opening);
        Expression inner = or();
        expect(")", "the `(` at " + (opening.at() + 1) + " is not closed");
        depth--;
        return inner;
    }

    private Expression list(LegacyToken opening) {
        enter(opening);
        List<Expression> elements = new ArrayList<>();
        if (!accept("]")) {
            do {
                elements.add(term());
            } while (accept(","));
            expect("]", "the list at " + (opening.at() + 1) + " is not closed");
        }
        depth--;
        return new Expression.ArrayLiteral(opening.at(), elements);
    }

    private Expression negative(LegacyToken sign) {
        LegacyToken number = take();
        return switch (number.value()) {
            case Value.Int(long whole) -> new Expression.Literal(sign.at(), Value.of(-whole));
            case Value.Float(double real) -> new Expression.Literal(sign.at(), Value.of(-real));
            default -> throw error("expected a number after `-`, found " + number.shown(), number);
        };
    }

    private Expression named(LegacyToken name) {
        if (peek().is("(")) {
            return call(name);
        }
        return switch (name.text()) {
            case "true" -> new Expression.Literal(name.at(), Value.TRUE);
            case "false" -> new Expression.Literal(name.at(), Value.FALSE);
            case "null" -> new Expression.Literal(name.at(), Value.NULL);
            case ARGUMENTS -> argument(name);
            default -> {
                Expression path = documentPath(name);
                if (peek().kind() == Kind.NAME) { // two words in a row: another language
                    String hint = LegacyHints.beginning(name.text());
                    if (!hint.isEmpty()) {
                        throw error("expected a condition, found " + name.shown() + hint, name);
                    }
                }
                yield path;
            }
        };
    }

    private Expression call(LegacyToken name) {
        if (!LegacyHints.FUNCTIONS.contains(name.text())) {
            throw error("there is no function " + name.shown() + LegacyHints.function(name.text()), name);
        }
        enter(name);
        expect("(", "");
        Expression first = term();
        expect(",", name.shown() + " takes two arguments");
        Expression second = term();
        expect(")", name.shown() + " takes two arguments");
        depth--;
        return LegacyTerms.call(name.at(), name.text(), first, second, arguments);
    }

    private Expression argument(LegacyToken args) {
        String name;
        if (accept(".")) {
            name = take(Kind.NAME, "the name of an argument").text();
        } else if (accept("[")) {
            LegacyToken key = take(Kind.STRING, "the name of an argument as a string");
            name = ((Value.Text) key.value()).value();
            expect("]", "`[` is not closed");
        } else {
            throw error("`$args` needs the name of an argument: `$args.name`", args);
        }
        if (!PARAMETER.matcher(name).matches()) {
            throw error("an argument's name is letters, digits and `_`; rename `" + name + "`", args);
        }
        if (arguments.get(name) instanceof Value.Missing) {
            throw QueryException.at(
                    ErrorCode.QUERY_PARAMETER, "Argument $args." + name + " was not provided", text, args.at());
        }
        return steps(new Expression.Parameter(args.at(), name));
    }

    private Expression documentPath(LegacyToken first) {
        return steps(new Expression.Names(
                first.at(), collection.isEmpty() ? List.of(first.text()) : List.of(collection, first.text())));
    }

    private Expression steps(Expression start) {
        Expression path = start;
        for (int steps = 0; ; steps++) {
            LegacyToken sign = peek();
            if (steps > NESTING_MAX) {
                throw error("the path has more than " + NESTING_MAX + " steps", sign);
            }
            if (accept(".")) {
                path = LegacyTerms.member(
                        path, take(Kind.NAME, "the name of a field").text(), sign.at());
            } else if (accept("[")) {
                path = subscript(path, sign);
                expect("]", "`[` is not closed");
            } else {
                return path;
            }
        }
    }

    private Expression subscript(Expression path, LegacyToken opening) {
        LegacyToken key = take();
        return switch (key.value()) {
            case Value.Text(String name) -> LegacyTerms.member(path, name, opening.at());
            case Value.Int(long index) -> new Expression.Subscript(opening.at(), path, index);
            default -> throw error("expected a string or the place in a list, found " + key.shown(), key);
        };
    }

    private LegacyToken peek() {
        return tokens.get(next);
    }

    /** The next token; the end stays the next one. */
    private LegacyToken take() {
        LegacyToken token = peek();
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    private LegacyToken take(Kind kind, String what) {
        LegacyToken token = take();
        if (token.kind() != kind) {
            throw error("expected " + what + ", found " + token.shown(), token);
        }
        return token;
    }

    private boolean accept(String sign) {
        boolean found = peek().is(sign);
        if (found) {
            next++;
        }
        return found;
    }

    private void expect(String sign, String why) {
        LegacyToken token = peek();
        if (!accept(sign)) {
            String hint = LegacyHints.operator(token, false);
            throw error(
                    "expected `" + sign + "`, found " + token.shown() + (hint.isEmpty() ? "; " + why : hint), token);
        }
    }

    private void enter(LegacyToken token) {
        depth++;
        if (depth > NESTING_MAX) {
            throw error("the condition is nested deeper than " + NESTING_MAX + " levels", token);
        }
    }

    private QueryException error(String message, LegacyToken token) {
        return QueryException.at(ErrorCode.QUERY_INVALID, message, text, token.at());
    }
}
