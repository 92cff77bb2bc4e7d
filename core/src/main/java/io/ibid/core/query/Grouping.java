package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Printer;
import io.ibid.core.query.syntax.QueryException;
import io.ibid.core.query.syntax.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys and aggregates of a grouped SELECT. Above a group there are no rows any more, so every expression there is rewritten: what is
 * written like a key becomes that key, an aggregate becomes its value, and if a field is left over the statement makes no sense.
 */
final class Grouping {
    private final String text;
    private final Compiler compiler;
    private final List<String> aliases;
    private final List<Compiled> keys = new ArrayList<>();
    private final Map<String, Integer> keysByPrint = new LinkedHashMap<>();
    private final List<Plan.Aggregation> aggregations = new ArrayList<>();
    private final Map<String, Integer> aggregationsByPrint = new LinkedHashMap<>();

    /** @param aliases by number of the FROM term */
    Grouping(String text, Compiler compiler, List<String> aliases, List<Expression> boundKeys) {
        this.text = text;
        this.compiler = compiler;
        this.aliases = aliases;
        for (Expression key : boundKeys) {
            if (keysByPrint.putIfAbsent(Printer.print(key, aliases), keys.size()) == null) {
                keys.add(new Compiled(key, compiler.compile(key)));
            }
        }
    }

    /** Whether an expression needs a group above it. */
    static boolean isAggregate(Expression expression) {
        return Trees.any(expression, node -> node instanceof Expression.Aggregate);
    }

    List<Compiled> keys() {
        return keys;
    }

    List<Plan.Aggregation> aggregations() {
        return aggregations;
    }

    /** The bound expression in terms of keys and aggregates; the complaint is for one that depends on anything else. */
    Expression rewrite(Expression bound, String complaint) {
        if (!keys.isEmpty()) {
            Integer key = keysByPrint.get(Printer.print(bound, aliases));
            if (key != null) {
                return new Expression.GroupKey(bound.at(), key);
            }
        }
        return switch (bound) {
            case Expression.Aggregate aggregate -> {
                Integer known = aggregationsByPrint.get(Printer.print(aggregate, aliases));
                yield new Expression.AggregateValue(aggregate.at(), known == null ? add(aggregate) : known);
            }
            case Expression.Field field -> throw complain(complaint, field);
            case Expression.Unqualified field -> throw complain(complaint, field);
            case Expression.WholeDocument document -> throw complain(complaint, document);
            default -> Trees.mapChildren(bound, child -> rewrite(child, complaint));
        };
    }

    private int add(Expression.Aggregate aggregate) {
        Expression operand = aggregate.operand();
        Compiled compiled = operand == null ? null : new Compiled(operand, compiler.compile(operand));
        aggregationsByPrint.put(Printer.print(aggregate, aliases), aggregations.size());
        aggregations.add(new Plan.Aggregation(aggregate.kind(), aggregate.distinct(), compiled));
        return aggregations.size() - 1;
    }

    private QueryException complain(String complaint, Expression at) {
        return QueryException.at(ErrorCode.QUERY_EVALUATION, complaint, text, at.at());
    }

    /** Whether the count of documents answers everything that is asked. */
    boolean asksOnlyForTheCount() {
        return keys.isEmpty()
                && aggregations.stream()
                        .allMatch(aggregation -> aggregation.operand() == null && !aggregation.distinct());
    }
}
