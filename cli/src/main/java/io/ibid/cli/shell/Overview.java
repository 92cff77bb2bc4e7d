package io.ibid.cli.shell;

import io.ibid.cli.client.Answer;
import io.ibid.cli.client.Names;
import io.ibid.cli.results.OutputFormat;
import io.ibid.cli.results.Table;
import io.ibid.cli.terminal.Count;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code .collections} and {@code .fields}: what there is to ask for. */
final class Overview {
    private static final int SAMPLE = 200;

    private Overview() {}

    static void collections(Session session) {
        List<Value.Struct> rows = new ArrayList<>();
        for (Value.Struct collection : rows(session, "SELECT name FROM system:collections ORDER BY name")) {
            if (collection.get("name") instanceof Value.Text name) {
                String count = "SELECT COUNT(*) AS documents FROM " + Names.quoted(name.value());
                rows.add(Value.Struct.builder()
                        .put("collection", name)
                        .put("documents", rows(session, count).getFirst().get("documents"))
                        .build());
            }
        }
        print(session, List.of("collection", "documents"), rows, "collection");
    }

    static void fields(Session session, String collection) {
        List<Value.Struct> documents = rows(session, "SELECT * FROM " + Names.quoted(collection) + " LIMIT " + SAMPLE);
        SortedMap<String, Seen> seenByField = new TreeMap<>();
        for (Value.Struct document : documents) {
            for (int i = 0; i < document.size(); i++) {
                seenByField
                        .computeIfAbsent(document.name(i), name -> new Seen())
                        .add(document.value(i));
            }
        }
        List<Value.Struct> rows = new ArrayList<>();
        seenByField.forEach((field, seen) -> rows.add(Value.Struct.builder()
                .put("field", Value.of(field))
                .put("types", Value.of(String.join(", ", seen.types)))
                .put("in", Value.of(seen.documents * 100 / documents.size() + " %"))
                .build()));
        print(session, List.of("field", "types", "in"), rows, "field");
        if (documents.isEmpty()) {
            session.screen().out().println("there are no documents in " + collection);
        } else if (session.format() == OutputFormat.TABLE) {
            session.screen().out().println("seen in " + Count.of(documents.size(), "document"));
        }
    }

    /** What was seen of one field. */
    private static final class Seen {
        private final SortedSet<String> types = new TreeSet<>();
        private int documents;

        void add(Value value) {
            types.add(type(value));
            documents++;
        }
    }

    private static String type(Value value) {
        return switch (value) {
            case Value.Struct struct -> "object";
            case Value.Text text -> "string";
            case Value.Int number -> "integer";
            default -> value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static void print(Session session, List<String> names, List<Value.Struct> rows, String noun) {
        if (session.format() == OutputFormat.JSON) {
            rows.forEach(row -> session.screen().out().println(Json.write(row)));
            return;
        }
        if (!rows.isEmpty()) {
            Table table = new Table(names);
            rows.forEach(row -> table.add(names.stream().map(row::get).toList()));
            table.print(session.screen().out(), session.screen().columns());
        }
        session.screen().out().println("(" + Count.of(rows.size(), noun) + ")");
    }

    private static List<Value.Struct> rows(Session session, String statement) {
        List<Value.Struct> rows = new ArrayList<>();
        try (Answer answer = session.client().execute(statement, Value.Struct.EMPTY, session.cancellation())) {
            Value.Struct row;
            while ((row = answer.next()) != null) {
                rows.add(row);
            }
        }
        return rows;
    }
}
