package io.ibid.legacy;

import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Value;
import io.ibid.legacy.DocumentEdit.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The statements that write. */
final class Writes {

    private Writes() {}

    /** Upserts a document; counters in it begin to count. */
    static DittoDocumentId upsert(
            Runner runner, String collection, Map<String, ?> document, DittoWriteStrategy strategy) {
        List<List<String>> counters = new ArrayList<>();
        Map<String, @Nullable Object> content = withoutCounters(document, List.of(), counters);
        Value.Struct arguments = Value.Struct.builder()
                .put("document", PlainContent.value(content))
                .build();
        String insert = "INSERT INTO " + Selection.name(collection) + " " + strategy.clause();
        return counters.isEmpty()
                ? inserted(runner, insert, arguments)
                : runner.together(transaction -> {
                    DittoDocumentId id = inserted(transaction, insert, arguments);
                    counters.forEach(path -> add(transaction, collection, id, new Change.Addition(path, 0)));
                    return id;
                });
    }

    private static DittoDocumentId inserted(Runner runner, String insert, Value.Struct arguments) {
        List<Value> ids = runner.run(insert, arguments).ids();
        // One that was there and stays as it is has been named by its author.
        return ids.isEmpty()
                ? DittoDocumentId.of((Value.Struct) arguments.get("document"))
                : new DittoDocumentId(ids.getFirst());
    }

    private static Map<String, @Nullable Object> withoutCounters(
            Map<String, ?> document, List<String> prefix, List<List<String>> counters) {
        Map<String, @Nullable Object> content = LinkedHashMap.newLinkedHashMap(document.size());
        document.forEach((name, value) -> {
            List<String> path = new ArrayList<>(prefix);
            path.add(name);
            switch (value) {
                case DittoCounter counter -> counters.add(path);
                case Map<?, ?> map -> {
                    @SuppressWarnings("unchecked") // other keys are refused with the rest of the content
                    Map<String, ?> inner = (Map<String, ?>) map;
                    content.put(name, withoutCounters(inner, path, counters));
                }
                case null, default -> content.put(name, value);
            }
        });
        return content;
    }

    /** Lets the application change the selected documents, and writes what it did. */
    static Map<DittoDocumentId, List<DittoUpdateResult>> update(
            Runner runner, Selection selection, Consumer<List<DittoMutableDocument>> changes) {
        return runner.together(transaction -> {
            List<DocumentEdit> edits = transaction.run(selection.select(), selection.arguments()).rows().stream()
                    .map(row -> new DocumentEdit(new DittoDocument(row)))
                    .toList();
            changes.accept(edits.stream().map(DittoMutableDocument::new).toList());
            Map<DittoDocumentId, List<DittoUpdateResult>> results = new LinkedHashMap<>();
            for (DocumentEdit edit : edits) {
                write(transaction, selection.collection(), edit);
                results.put(edit.id(), edit.results());
            }
            return results;
        });
    }

    /** Writes the changes in their order, as many in one statement as do not touch each other. */
    private static void write(Runner runner, String collection, DocumentEdit edit) {
        List<Change> together = new ArrayList<>();
        for (Change change : edit.changes()) {
            if (change instanceof Change.Addition addition) {
                setAndUnset(runner, collection, edit.id(), together);
                add(runner, collection, edit.id(), addition);
            } else {
                if (together.stream().anyMatch(earlier -> overlap(earlier.path(), change.path()))) {
                    setAndUnset(runner, collection, edit.id(), together);
                }
                together.add(change);
            }
        }
        setAndUnset(runner, collection, edit.id(), together);
    }

    private static boolean overlap(List<String> a, List<String> b) {
        int shorter = Math.min(a.size(), b.size());
        return a.subList(0, shorter).equals(b.subList(0, shorter));
    }

    private static void setAndUnset(Runner runner, String collection, DittoDocumentId id, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Value.Struct.Builder arguments = Value.Struct.builder().put("id", id.toValue());
        List<String> set = new ArrayList<>();
        List<String> unset = new ArrayList<>();
        for (Change change : changes) {
            if (change instanceof Change.Assignment(List<String> path, Value value)) {
                String parameter = "v" + set.size();
                arguments.put(parameter, value);
                set.add(path(path) + " = :" + parameter);
            } else {
                unset.add(path(change.path()));
            }
        }
        String name = Selection.name(collection);
        String statement = "UPDATE " + name
                + (set.isEmpty() ? "" : " SET " + String.join(", ", set))
                + (unset.isEmpty() ? "" : " UNSET " + String.join(", ", unset))
                + " WHERE " + name + ".`_id` = :id";
        runner.run(statement, arguments.build());
        changes.clear();
    }

    private static void add(Runner runner, String collection, DittoDocumentId id, Change.Addition addition) {
        String name = Selection.name(collection);
        String declared = "PN_COUNTER";
        for (String step : addition.path().reversed()) {
            boolean innermost = declared.equals("PN_COUNTER");
            declared = Selection.name(step) + " " + (innermost ? declared : "MAP (" + declared + ")");
        }
        Value.Struct arguments = Value.Struct.builder()
                .put("id", id.toValue())
                .put("amount", Value.of(addition.amount()))
                .build();
        runner.run(
                "UPDATE COLLECTION " + name + " (" + declared + ") APPLY " + path(addition.path())
                        + " PN_INCREMENT BY :amount WHERE " + name + ".`_id` = :id",
                arguments);
    }

    private static String path(List<String> names) {
        return String.join(".", names.stream().map(Selection::name).toList());
    }

    /** The only document; null when there is none. */
    static @Nullable DittoDocument single(Runner runner, Selection selection) {
        List<ResultRow> rows =
                runner.run(selection.select(), selection.arguments()).rows();
        return rows.isEmpty() ? null : new DittoDocument(rows.getFirst());
    }

    /** {@link #update} for the only document, if there is one. */
    static List<DittoUpdateResult> updateSingle(
            Runner runner, Selection selection, DittoSingleDocumentUpdateCallback changes) {
        Objects.requireNonNull(changes, "changes");
        List<DittoUpdateResult> results = new ArrayList<>();
        update(runner, selection, documents -> {
                    if (!documents.isEmpty()) {
                        Thrown.call(() -> changes.update(documents.getFirst()));
                    }
                })
                .values()
                .forEach(results::addAll);
        return List.copyOf(results);
    }

    static List<DittoDocumentId> ids(Runner.Answer answer) {
        return answer.ids().stream().map(DittoDocumentId::new).toList();
    }
}
