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
import org.jspecify.annotations.Nullable;

/** Answers a SELECT in the order in which the reference describes it: each step over all rows, no plan. */
final class NaiveSelect {
    private static final Group NO_ROW = new Group(List.of(), Map.of());

    private final Command.Select select;
    private final Value.Struct parameters;
    private final List<String> terms;
    private final Map<String, Expression> aliases = new LinkedHashMap<>();

    NaiveSelect(Command.Select select, Value.Struct parameters) {
        this.select = select;
        this.parameters = parameters;
        this.terms = select.from() == null ? List.of("dual") : NaiveJoin.aliases(select);
        for (Projection projection : select.projections()) {
            if (projection instanceof Projection.Column column && column.alias() != null) {
                aliases.put(column.alias(), column.expression());
            }
        }
    }

    /** Documents that go together, and the GROUP BY keys they have in common, by their text. */
    private record Group(List<Value.Struct> documents, Map<String, Value> keys) {}

    /** A row on its way: what it stands for, and what it answers. */
    private record Row(Group group, Value.Struct answer) {}

    /** Answers over the documents of the collection, or over the joined rows. */
    Answers answer(List<Value.Struct> documents) {
        List<Group> groups = new ArrayList<>();
        for (Value.Struct document : hinted(documents)) {
            Group alone = new Group(List.of(document), Map.of());
            if (select.where() == null || NaiveOperators.isTrue(value(alone, select.where()))) {
                groups.add(alone);
            }
        }
        if (isGrouped()) {
            groups = grouped(groups);
        }
        if (select.having() != null) {
            groups.removeIf(group -> !NaiveOperators.isTrue(value(group, select.having())));
        }
        return answer(
                groups.stream().map(group -> new Row(group, project(group))).toList(), select.range());
    }

    private Answers answer(List<Row> projected, Command.Range range) {
        List<Answers.Row> rows = new ArrayList<>();
        for (Row row : select.distinct() ? distinct(projected) : projected) {
            rows.add(new Answers.Row(row.answer, orderValues(row)));
        }
        rows.sort(order());
        int from = Math.min(rows.size(), bound(range.offset(), 0));
        int to = (int) Math.min(rows.size(), (long) from + bound(range.limit(), Integer.MAX_VALUE));
        return new Answers(rows, from, to);
    }

    /** What USE IDS leaves of the documents. */
    private List<Value.Struct> hinted(List<Value.Struct> documents) {
        List<Command.Hint> hints = terms.size() > 1 || select.from() == null
                ? List.of()
                : select.from().hints();
        List<Value.Struct> left = documents;
        for (Command.Hint hint : hints) {
            List<Value> ids = NaiveHints.ids(hint, it -> value(NO_ROW, it));
            if (ids != null) {
                left = left.stream()
                        .filter(it -> ids.stream().anyMatch(id -> ValueOrder.compare(id, it.get("_id")) == 0))
                        .toList();
            }
        }
        return left;
    }

    private static List<Row> distinct(List<Row> rows) {
        List<Row> kept = new ArrayList<>();
        for (Row row : rows) {
            int at = 0;
            while (at < kept.size() && ValueOrder.compare(kept.get(at).answer, row.answer) != 0) {
                at++;
            }
            if (at == kept.size()) {
                kept.add(row);
            } else {
                Value shown = NaiveOperators.shown(kept.get(at).answer, row.answer);
                kept.set(at, new Row(kept.get(at).group, (Value.Struct) shown));
            }
        }
        return kept;
    }

    private NaiveEvaluator evaluator(Group group) {
        return new NaiveEvaluator(terms, group.documents, parameters).withKeys(group.keys);
    }

    private Value value(Group group, Expression expression) {
        return evaluator(group).evaluate(expression);
    }

    private int bound(@Nullable Expression expression, int otherwise) {
        return expression != null && NaiveFunctions.whole(value(NO_ROW, expression)) instanceof Value.Int(long number)
                ? (int) Math.min(number, Integer.MAX_VALUE)
                : otherwise;
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

    private List<Group> grouped(List<Group> rows) {
        List<Expression> keys =
                select.grouping() == null ? List.of() : select.grouping().keys();
        List<Group> groups = new ArrayList<>();
        if (keys.isEmpty()) {
            groups.add(new Group(new ArrayList<>(), new LinkedHashMap<>()));
        }
        for (Group row : rows) {
            Map<String, Value> values = new LinkedHashMap<>();
            keys.forEach(key -> values.put(evaluator(row).keyText(key), value(row, key)));
            Group found = groups.stream()
                    .filter(group -> same(group.keys, values))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                found = new Group(new ArrayList<>(), values);
                groups.add(found);
            } else {
                found.keys.replaceAll((key, value) -> NaiveOperators.shown(value, values.get(key)));
            }
            found.documents.addAll(row.documents);
        }
        return groups;
    }

    private static boolean same(Map<String, Value> a, Map<String, Value> b) {
        return a.entrySet().stream()
                .allMatch(entry -> ValueOrder.compare(entry.getValue(), b.get(entry.getKey())) == 0);
    }

    private Value.Struct project(Group group) {
        Map<String, Value> answer = new LinkedHashMap<>();
        for (int i = 0; i < select.projections().size(); i++) {
            switch (select.projections().get(i)) {
                case Projection.Everything it -> putAll(answer, group.documents.getFirst());
                case Projection.EverythingOf it -> {
                    Value document = terms.size() == 1
                            ? group.documents.getFirst()
                            : group.documents.getFirst().get(it.alias());
                    if (document instanceof Value.Struct struct) {
                        putAll(answer, shown(struct, it.alias()));
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
                case Projection.Without it -> {}
            }
        }
        return Value.Struct.of(answer);
    }

    /** A document without what {@code MISSING path} leaves out of it. */
    private Value.Struct shown(Value.Struct document, String alias) {
        Value.Struct left = document;
        for (Projection projection : select.projections()) {
            if (projection instanceof Projection.Without(int at, List<String> names)) {
                boolean qualified = names.size() > 1 && names.getFirst().equals(alias);
                left = without(left, qualified ? names.subList(1, names.size()) : names);
            }
        }
        return left;
    }

    private static Value.Struct without(Value.Struct struct, List<String> names) {
        Map<String, Value> left = new LinkedHashMap<>();
        putAll(left, struct);
        if (names.size() == 1) {
            left.remove(names.getFirst());
        } else if (left.get(names.getFirst()) instanceof Value.Struct child) {
            left.put(names.getFirst(), without(child, names.subList(1, names.size())));
        }
        return Value.Struct.of(left);
    }

    private static void putAll(Map<String, Value> answer, Value.Struct document) {
        for (int i = 0; i < document.size(); i++) {
            answer.put(document.name(i), document.value(i));
        }
    }

    /** An alias of the projection is known to ORDER BY like a variable, unless FROM has the same. */
    private List<Value> orderValues(Row row) {
        Map<String, Value> known = new LinkedHashMap<>();
        aliases.forEach((name, expression) -> {
            if (!terms.contains(name) && !select.range().order().isEmpty()) {
                known.put(name, value(row.group, expression));
            }
        });
        NaiveEvaluator evaluator = evaluator(row.group).withVariables(known);
        return select.range().order().stream()
                .map(term -> evaluator.evaluate(term.key()))
                .toList();
    }

    private Comparator<Answers.Row> order() {
        return (a, b) -> {
            for (int i = 0; i < a.order().size(); i++) {
                int order = ValueOrder.compare(a.order().get(i), b.order().get(i));
                if (order != 0) {
                    return select.range().order().get(i).descending() ? -order : order;
                }
            }
            return 0;
        };
    }
}
