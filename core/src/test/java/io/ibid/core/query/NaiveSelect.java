package io.ibid.core.query;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Command.Projection;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.Trees;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers a SELECT in the order in which the reference describes it: each step over all rows, no plan. */
final class NaiveSelect {
    private final Command.Select select;
    private final List<String> terms;
    private final Map<String, Expression> aliases = new LinkedHashMap<>();

    NaiveSelect(Command.Select select, String alias) {
        this(select, List.of(alias));
    }

    /**
     * @param terms the aliases of FROM; several: a document holds those of a joined row, each under its alias
     */
    NaiveSelect(Command.Select select, List<String> terms) {
        this.select = select;
        this.terms = terms;
        for (Projection projection : select.projections()) {
            if (projection instanceof Projection.Column column && column.alias() != null) {
                aliases.put(column.alias(), column.expression());
            }
        }
    }

    /** A row on its way: the documents it stands for, and what it answers. */
    private record Row(List<Value.Struct> documents, Value.Struct answer) {}

    Answers answer(List<Value.Struct> documents) {
        List<List<Value.Struct>> groups = new ArrayList<>();
        for (Value.Struct document : documents) {
            if (select.where() == null || NaiveOperators.isTrue(value(List.of(document), select.where()))) {
                groups.add(List.of(document));
            }
        }
        if (isGrouped()) {
            groups = grouped(groups);
        }
        if (select.having() != null) {
            groups.removeIf(group -> !NaiveOperators.isTrue(value(group, select.having())));
        }
        List<Row> rows = new ArrayList<>();
        for (List<Value.Struct> group : groups) {
            rows.add(new Row(group, project(group)));
        }
        if (select.distinct()) {
            TreeMap<Value, Boolean> seen = new TreeMap<>(ValueOrder.TOTAL);
            rows.removeIf(row -> seen.put(row.answer, Boolean.TRUE) != null);
        }
        rows.sort(order());
        int from = Math.min(rows.size(), bound(select.range().offset(), 0));
        int to = (int) Math.min(rows.size(), (long) from + bound(select.range().limit(), Integer.MAX_VALUE));
        return new Answers(
                rows.stream()
                        .map(row -> new Answers.Row(row.answer, orderValues(row)))
                        .toList(),
                from,
                to);
    }

    private Value value(List<Value.Struct> group, Expression expression) {
        return new NaiveEvaluator(terms, group).evaluate(expression);
    }

    private static int bound(@Nullable Expression expression, int otherwise) {
        return expression instanceof Expression.Literal(int at, Value.Int(long number)) ? (int) number : otherwise;
    }

    private boolean isGrouped() {
        return select.grouping() != null
                || select.having() != null
                || select.projections().stream()
                        .anyMatch(it -> it instanceof Projection.Column column && hasAggregate(column.expression()))
                || select.range().order().stream().anyMatch(it -> hasAggregate(it.key()));
    }

    private static boolean hasAggregate(Expression expression) {
        return Trees.any(expression, node -> node instanceof Expression.Aggregate);
    }

    private List<List<Value.Struct>> grouped(List<List<Value.Struct>> rows) {
        List<Expression> keys =
                select.grouping() == null ? List.of() : select.grouping().keys();
        Map<List<Integer>, List<Value.Struct>> groups = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        List<List<Value>> known = new ArrayList<>();
        for (List<Value.Struct> row : rows) {
            List<Value> values = keys.stream().map(key -> value(row, key)).toList();
            int number = 0;
            while (number < known.size() && !same(known.get(number), values)) {
                number++;
            }
            if (number == known.size()) {
                known.add(values);
            }
            groups.computeIfAbsent(keys.isEmpty() ? List.of() : List.of(number), unused -> new ArrayList<>())
                    .addAll(row);
        }
        return new ArrayList<>(groups.values());
    }

    private static boolean same(List<Value> a, List<Value> b) {
        for (int i = 0; i < a.size(); i++) {
            if (ValueOrder.compare(a.get(i), b.get(i)) != 0) {
                return false;
            }
        }
        return true;
    }

    private Value.Struct project(List<Value.Struct> group) {
        Map<String, Value> answer = new LinkedHashMap<>();
        for (int i = 0; i < select.projections().size(); i++) {
            switch (select.projections().get(i)) {
                case Projection.Everything it -> putAll(answer, group.getFirst());
                case Projection.EverythingOf it -> {
                    Value document = terms.size() == 1
                            ? group.getFirst()
                            : group.getFirst().get(it.alias());
                    if (document instanceof Value.Struct struct) {
                        putAll(answer, struct);
                    }
                }
                case Projection.Column it -> {
                    String implicit = it.expression() instanceof Expression.Names names
                            ? names.names().getLast()
                            : "($" + (i + 1) + ")";
                    Value value = value(group, it.expression());
                    if (!value.equals(Value.MISSING)) {
                        answer.put(it.alias() == null ? implicit : it.alias(), value);
                    }
                }
                case Projection.Without it -> throw new AssertionError(it);
            }
        }
        return Value.Struct.of(answer);
    }

    private static void putAll(Map<String, Value> answer, Value.Struct document) {
        for (int i = 0; i < document.size(); i++) {
            answer.put(document.name(i), document.value(i));
        }
    }

    private List<Value> orderValues(Row row) {
        List<Value> values = new ArrayList<>();
        for (Command.OrderTerm term : select.range().order()) {
            Expression key = term.key() instanceof Expression.Names names
                            && names.names().size() == 1
                    ? aliases.getOrDefault(names.names().getFirst(), term.key())
                    : term.key();
            values.add(value(row.documents, key));
        }
        return values;
    }

    private Comparator<Row> order() {
        return (a, b) -> {
            List<Value> left = orderValues(a);
            List<Value> right = orderValues(b);
            for (int i = 0; i < left.size(); i++) {
                int order = ValueOrder.compare(left.get(i), right.get(i));
                if (order != 0) {
                    return select.range().order().get(i).descending() ? -order : order;
                }
            }
            return 0;
        };
    }
}
