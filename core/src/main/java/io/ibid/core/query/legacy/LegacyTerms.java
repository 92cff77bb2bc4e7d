package io.ibid.core.query.legacy;

import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/** What single pieces of the older language are in DQL. */
final class LegacyTerms {

    private LegacyTerms() {}

    /** {@code x == null}, or its opposite: an absent field counts as null here. */
    static Expression nullTest(int at, Expression operand, boolean isNull) {
        List<Expression> tests =
                List.of(new Expression.IsNull(at, operand, !isNull), new Expression.IsMissing(at, operand, !isNull));
        return isNull ? new Expression.Or(at, tests) : new Expression.And(at, tests);
    }

    static Expression member(Expression base, String name, int at) {
        if (base instanceof Expression.Names(int start, List<String> names)) {
            List<String> longer = new ArrayList<>(names);
            longer.add(name);
            return new Expression.Names(start, longer);
        }
        return new Expression.Member(at, base, name);
    }

    /** A call of one of the functions. */
    static Expression call(int at, String name, Expression first, Expression second, Value.Struct arguments) {
        return switch (name) {
            case "contains" -> contains(at, first, second, arguments);
            case "regex" -> new Expression.Call(at, "regexp_like", List.of(first, second));
            default -> new Expression.Call(at, name, List.of(first, second));
        };
    }

    /**
     * Asks a list for an element, and a text for a part of it. A list that is known is written as IN, which an index can serve; one with
     * null in it is not, because IN leaves it open whether a value that is none of the others is that null.
     */
    private static Expression contains(int at, Expression list, Expression element, Value.Struct arguments) {
        if (isPlainList(list, arguments)) {
            return list instanceof Expression.ArrayLiteral(int place, List<Expression> elements) && !elements.isEmpty()
                    ? new Expression.InList(at, element, false, elements)
                    : new Expression.InArray(at, element, false, list);
        }
        return new Expression.Call(
                at,
                "ifmissing",
                List.of(
                        new Expression.Call(at, "array_contains", List.of(list, element)),
                        new Expression.Call(at, "contains", List.of(list, element))));
    }

    private static boolean isPlainList(Expression list, Value.Struct arguments) {
        if (list instanceof Expression.ArrayLiteral literal) {
            return literal.elements().stream()
                    .map(element -> known(element, arguments))
                    .noneMatch(value -> value instanceof Value.Null || value instanceof Value.Missing);
        }
        return known(list, arguments) instanceof Value.Array array
                && !array.elements().contains(Value.NULL);
    }

    /** The value when it does not depend on the document, an absent part of an argument being null; else MISSING. */
    static Value known(Expression expression, Value.Struct arguments) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Parameter parameter -> arguments.get(parameter.name());
            case Expression.Member member -> member(known(member.base(), arguments), member.name());
            case Expression.Subscript subscript -> element(known(subscript.base(), arguments), subscript.index());
            default -> Value.MISSING;
        };
    }

    private static Value member(Value base, String name) {
        if (base instanceof Value.Missing) {
            return Value.MISSING;
        }
        Value member = base instanceof Value.Struct struct ? struct.get(name) : Value.MISSING;
        return member instanceof Value.Missing ? Value.NULL : member;
    }

    private static Value element(Value base, long index) {
        if (base instanceof Value.Missing) {
            return Value.MISSING;
        }
        return base instanceof Value.Array(List<Value> elements) && index < elements.size()
                ? elements.get((int) index)
                : Value.NULL;
    }
}
