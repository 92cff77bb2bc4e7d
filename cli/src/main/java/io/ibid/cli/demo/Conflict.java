package io.ibid.cli.demo;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One document that several members edit while they cannot reach each other.
 *
 * @param title what kind of conflict it is
 * @param id the document
 * @param edits who does what
 * @param shown the fields to print of the outcome
 * @param rule what must become of it, in words
 * @param holds the same as a test; the document is null when nobody has it any more
 */
record Conflict(
        String title,
        String id,
        List<Edit> edits,
        List<String> shown,
        String rule,
        Predicate<Value.@Nullable Struct> holds) {

    /** One statement of one member; {@code :id} is the document. */
    record Edit(String member, String statement) {}

    /** Documents that the data set is known to have. */
    static List<Conflict> all() {
        return List.of(
                new Conflict(
                        "different fields",
                        "css.properties.gap",
                        List.of(
                                new Edit("anna", "UPDATE features SET reviewer = 'anna' WHERE _id = :id"),
                                new Edit("carla", "UPDATE features SET status.rating = 5 WHERE _id = :id")),
                        List.of("reviewer", "status"),
                        "both edits are kept",
                        found -> text(found, "reviewer").equals("\"anna\"")
                                && text(found, "status").contains("\"rating\":5")),
                new Conflict(
                        "the same field",
                        "css.properties.color",
                        List.of(
                                new Edit("ben", "UPDATE features SET name = 'colour' WHERE _id = :id"),
                                new Edit("carla", "UPDATE features SET name = 'Farbe' WHERE _id = :id")),
                        List.of("name"),
                        "the later edit is shown, everywhere the same",
                        found -> List.of("\"colour\"", "\"Farbe\"").contains(text(found, "name"))),
                new Conflict(
                        "a delete against an update",
                        "css.properties.float",
                        List.of(
                                new Edit("anna", "DELETE FROM features WHERE _id = :id"),
                                new Edit("carla", "UPDATE features SET note = 'still used' WHERE _id = :id")),
                        List.of("note", "name"),
                        "the edited field survives, the rest is gone",
                        found -> text(found, "note").equals("\"still used\"")
                                && text(found, "name").isEmpty()),
                new Conflict(
                        "deletes on two sides",
                        "css.properties.zoom",
                        List.of(
                                new Edit("ben", "DELETE FROM features WHERE _id = :id"),
                                new Edit("server", "DELETE FROM features WHERE _id = :id")),
                        List.of("_id"),
                        "deleted",
                        found -> found == null),
                new Conflict(
                        "counters",
                        "css.properties.margin",
                        List.of(
                                new Edit("anna", "UPDATE features APPLY votes INCREMENT BY 3 WHERE _id = :id"),
                                new Edit("ben", "UPDATE features APPLY votes INCREMENT BY 4 WHERE _id = :id"),
                                new Edit("carla", "UPDATE features APPLY votes INCREMENT BY -2 WHERE _id = :id")),
                        List.of("votes"),
                        "every increment counts: 3 + 4 - 2 = 5",
                        found -> text(found, "votes").equals("5")));
    }

    Value.Struct arguments() {
        return Value.Struct.builder().put("id", Value.of(id)).build();
    }

    /** What a member shows of the document. */
    Value.@Nullable Struct find(Member member) {
        return member.row("SELECT * FROM features WHERE _id = :id", arguments());
    }

    /** The outcome in one line. */
    String describe(Value.@Nullable Struct found) {
        if (found == null) {
            return "no document";
        }
        Value.Struct.Builder excerpt = Value.Struct.builder();
        for (String field : shown) {
            excerpt.put(field, found.get(field));
        }
        return Json.write(excerpt.build());
    }

    private static String text(Value.@Nullable Struct found, String field) {
        Value value = found == null ? Value.MISSING : found.get(field);
        return value instanceof Value.Missing ? "" : Json.write(value);
    }
}
