package io.ibid.core.query;

import io.ibid.core.query.syntax.Notation;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what a statement that changes something does, as the last operator of its plan. */
final class MutationText {

    private MutationText() {}

    static Operator insert(Program.Insert insert, double rows) {
        Value.Struct.Builder attributes = collection(insert.target().collection());
        attributes.put("policy", Value.of("DO " + insert.policy().name()));
        if (insert.initial()) {
            attributes.put("initial", Value.TRUE);
        }
        return operator("insert", returning(attributes, insert.returning(), insert.target()), rows);
    }

    static Operator update(Program.Update update, double rows) {
        PlanText text = new PlanText(List.of(update.target().alias()), null);
        List<Value> set = new ArrayList<>();
        List<Value> unset = new ArrayList<>();
        List<Value> apply = new ArrayList<>();
        for (Program.Change change : update.changes()) {
            String path = path(change.path());
            String operand = change.operand() == null || !(text.text(change.operand()) instanceof Value.Text written)
                    ? ""
                    : written.value();
            switch (change.kind()) {
                case SET -> set.add(Value.of(path + " = " + operand));
                case UNSET -> unset.add(Value.of(path));
                case INCREMENT -> apply.add(Value.of(path + " INCREMENT BY " + operand));
                case RESTART -> apply.add(Value.of((path + " RESTART WITH " + operand).strip()));
                case PN_INCREMENT -> apply.add(Value.of(path + " PN_INCREMENT BY " + operand));
                case DEFAULT -> apply.add(Value.of(path + " -> default()"));
            }
        }
        Value.Struct.Builder attributes = collection(update.target().collection());
        put(attributes, "set", set);
        put(attributes, "unset", unset);
        put(attributes, "apply", apply);
        return operator("update", returning(attributes, update.returning(), update.target()), rows);
    }

    static Operator remove(Program.Remove remove, double rows) {
        Value.Struct.Builder attributes = collection(remove.target().collection());
        return operator(
                remove.evict() ? "evict" : "delete", returning(attributes, remove.returning(), remove.target()), rows);
    }

    static Operator createIndex(Program.CreateIndex create) {
        List<Value> keys = new ArrayList<>();
        for (IndexShape.Key key : create.keys()) {
            keys.add(Value.of(path(key.path()) + (key.descending() ? " DESC" : " ASC")));
        }
        Value.Struct.Builder attributes = collection(create.collection());
        attributes.put("index", Value.of(create.name()));
        attributes.put("keys", new Value.Array(keys));
        return operator("createIndex", attributes, 0);
    }

    static Operator dropIndex(Program.DropIndex drop) {
        Value.Struct.Builder attributes = collection(drop.collection());
        return operator("dropIndex", attributes.put("index", Value.of(drop.name())), 0);
    }

    static Operator advise(boolean provision) {
        return operator("advise", Value.Struct.builder().put("provision", Value.of(provision)), 1);
    }

    private static Operator operator(String name, Value.Struct.Builder attributes, double rows) {
        return new Operator(name, attributes.build(), rows, List.of(), null);
    }

    private static Value.Struct.Builder collection(String name) {
        return Value.Struct.builder().put("collection", Value.of(name));
    }

    private static String path(Path path) {
        StringBuilder text = new StringBuilder();
        for (String key : path.keys()) {
            text.append(text.isEmpty() ? "" : ".");
            Notation.name(text, key);
        }
        return text.toString();
    }

    private static void put(Value.Struct.Builder attributes, String name, List<Value> texts) {
        if (!texts.isEmpty()) {
            attributes.put(name, new Value.Array(texts));
        }
    }

    private static Value.Struct.Builder returning(
            Value.Struct.Builder attributes, @Nullable Plan returning, Term target) {
        if (returning instanceof Plan.Project(Plan input, Projector projector)) {
            PlanText text = new PlanText(List.of(target.alias()), groups(input));
            attributes.put(
                    "returning",
                    projector instanceof Projector.Columns columns
                            ? ProjectionText.of(columns, text).get("projections")
                            : Value.of("*"));
        }
        return attributes;
    }

    private static Selection.@Nullable Groups groups(Plan input) {
        return input instanceof Plan.Group group ? new Selection.Groups(group.keys(), group.aggregations()) : null;
    }
}
