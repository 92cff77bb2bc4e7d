package io.ibid.core.query;

import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Notation;
import io.ibid.core.query.syntax.Printer;
import io.ibid.core.query.syntax.Trees;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the expressions of a plan as text: every field behind its alias, everything in parentheses. */
final class PlanText {
    private final List<String> aliases;
    private final Selection.@Nullable Groups groups;

    /**
     * @param aliases by number of the FROM term
     * @param groups what expressions above a group refer to
     */
    PlanText(List<String> aliases, Selection.@Nullable Groups groups) {
        this.aliases = List.copyOf(aliases);
        this.groups = groups;
    }

    Value text(Compiled compiled) {
        return text(compiled.expression());
    }

    Value text(Expression expression) {
        return Value.of(Printer.print(written(expression), aliases));
    }

    /** All fields of a term; its name is given only where there are several. */
    Value wildcard(int term) {
        StringBuilder text = new StringBuilder();
        if (aliases.size() > 1) {
            Notation.name(text, aliases.get(term));
            text.append('.');
        }
        return Value.of(text.append('*').toString());
    }

    Value texts(List<Compiled> list) {
        return new Value.Array(list.stream().map(this::text).toList());
    }

    Value text(Plan.Aggregation aggregation) {
        return Value.of(Printer.print(written(aggregation), aliases));
    }

    /** A bound of an index range. */
    static Value text(Value value) {
        return Value.of(
                holdsBinary(value) ? "a binary value" : Printer.print(new Expression.Literal(0, value), List.of()));
    }

    private static boolean holdsBinary(Value value) {
        return switch (value) {
            case Value.Binary binary -> true;
            case Value.Array array -> array.elements().stream().anyMatch(PlanText::holdsBinary);
            case Value.Struct struct -> {
                boolean binary = false;
                for (int i = 0; i < struct.size(); i++) {
                    binary |= holdsBinary(struct.value(i));
                }
                yield binary;
            }
            default -> false;
        };
    }

    /** Group keys and aggregates as the statement has them. */
    private Expression written(Expression expression) {
        Selection.Groups known = groups;
        if (known == null) {
            return expression;
        }
        return switch (expression) {
            case Expression.GroupKey key -> known.keys().get(key.index()).expression();
            case Expression.AggregateValue value -> written(known.aggregations().get(value.index()));
            default -> Trees.mapChildren(expression, this::written);
        };
    }

    private static Expression written(Plan.Aggregation aggregation) {
        Compiled operand = aggregation.operand();
        return new Expression.Aggregate(
                0, aggregation.kind(), aggregation.distinct(), operand == null ? null : operand.expression());
    }
}
