package io.ibid.core.query;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The rows of a FROM clause with joins: every row before with every document, no index, no order of its own. */
final class NaiveJoin {

    private NaiveJoin() {}

    /** A field without alias that several documents of a row have. */
    static final class Ambiguous extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static List<String> aliases(Command.Select select) {
        List<String> aliases = new ArrayList<>(List.of(alias(select.from())));
        select.joins().forEach(join -> aliases.add(alias(join.term())));
        return aliases;
    }

    private static String alias(Command.FromTerm term) {
        return term.alias() == null ? term.collection().name() : term.alias();
    }

    /** The joined rows, each with its documents under their aliases. */
    static List<Value.Struct> rows(Command.Select select, Function<String, List<Value.Struct>> collections) {
        List<String> aliases = new ArrayList<>(List.of(alias(select.from())));
        List<Map<String, Value>> rows = new ArrayList<>();
        documents(select.from(), collections).forEach(it -> rows.add(Map.of(aliases.getFirst(), it)));
        for (Command.Join join : select.joins()) {
            List<Map<String, Value>> before = List.copyOf(rows);
            List<Map<String, Value>> added = new ArrayList<>();
            documents(join.term(), collections).forEach(it -> added.add(Map.of(alias(join.term()), it)));
            aliases.add(alias(join.term()));
            rows.clear();
            boolean right = join.kind() == Command.JoinKind.RIGHT;
            for (Map<String, Value> kept : right ? added : before) {
                int found = rows.size();
                for (Map<String, Value> partner : right ? before : added) {
                    Map<String, Value> both = new LinkedHashMap<>(kept);
                    both.putAll(partner);
                    if (holds(aliases, both, join.condition())) {
                        rows.add(both);
                    }
                }
                if (rows.size() == found && join.kind() != Command.JoinKind.INNER) {
                    rows.add(kept);
                }
            }
        }
        return rows.stream().map(Value.Struct::of).toList();
    }

    private static boolean holds(List<String> aliases, Map<String, Value> row, Expression condition) {
        return NaiveOperators.isTrue(
                new NaiveEvaluator(List.copyOf(aliases), List.of(Value.Struct.of(row)), Value.Struct.EMPTY)
                        .evaluate(condition));
    }

    private static List<Value.Struct> documents(
            Command.FromTerm term, Function<String, List<Value.Struct>> collections) {
        List<Value.Struct> documents =
                new ArrayList<>(collections.apply(term.collection().name()));
        for (Command.Hint hint : term.hints()) {
            if (hint instanceof Command.Hint.Ids(int at, List<Expression> ids)) {
                documents.removeIf(document -> ids.stream()
                        .noneMatch(id -> ValueOrder.compare(
                                        document.get("_id"),
                                        new NaiveEvaluator(List.of(""), List.of(), Value.Struct.EMPTY).evaluate(id))
                                == 0));
            }
        }
        return documents;
    }

    /** What a name without alias means in a joined row. */
    static Value unqualified(Value row, String name) {
        Map<String, Value> found = new LinkedHashMap<>();
        if (row instanceof Value.Struct documents) {
            for (int i = 0; i < documents.size(); i++) {
                Value value = ((Value.Struct) documents.value(i)).get(name);
                if (!value.equals(Value.MISSING)) {
                    found.put(documents.name(i), value);
                }
            }
        }
        if (name.equals("_id")) {
            return Value.Struct.of(found);
        }
        if (found.size() > 1) {
            throw new Ambiguous();
        }
        return found.isEmpty() ? Value.MISSING : found.values().iterator().next();
    }
}
