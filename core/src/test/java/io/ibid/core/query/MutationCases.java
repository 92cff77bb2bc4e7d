package io.ibid.core.query;

import java.util.ArrayList;
import java.util.List;

/** Random INSERT, UPDATE, DELETE and EVICT over the collection {@code c}. */
final class MutationCases extends SelectCases {
    private static final String TOKEN =
            "{'id': 'EA0123456789012345678901234567890123456789abcd', 'len': 3, 'metadata': {'k': 'v'}}";

    MutationCases(long seed) {
        super(seed);
        withSiblings = false;
    }

    String mutation() {
        return laidOut(
                switch (below(8)) {
                    case 0, 1, 2 -> insert();
                    case 3, 4, 5 -> update();
                    case 6 -> remove("DELETE");
                    default -> remove("EVICT");
                });
    }

    // ---- INSERT

    private String insert() {
        String into = join(directiveOrNone(), keyword("INSERT INTO"), collection());
        boolean initial = maybe(6);
        String documents = initial
                ? join("INITIAL", keyword("DOCUMENTS"), documents())
                : maybe(5) ? selected() : join(keyword(pick("DOCUMENTS", "VALUES")), documents());
        String policy = initial || maybe(5)
                ? ""
                : join(
                        keyword("ON ID CONFLICT"),
                        pick(
                                "FAIL",
                                "DO FAIL",
                                "DO NOTHING",
                                "DO UPDATE",
                                "DO UPDATE",
                                "DO UPDATE_LOCAL_DIFF",
                                "DO UPDATE_LOCAL_DIFF",
                                "DO MERGE"));
        return join(into, documents, policy, returning());
    }

    /** A directive has to be one that any index may follow. */
    private String directiveOrNone() {
        return maybe(3) ? directive() : "";
    }

    private String documents() {
        List<String> terms = new ArrayList<>();
        int count = 1 + below(3);
        for (int i = 0; i < count; i++) {
            terms.add(
                    switch (below(8)) {
                        case 0 -> "([" + document() + "," + GAP + document() + "])";
                        case 1 -> "(:document)";
                        case 2 -> "(:documents)";
                        case 3 -> "(deserialize_json('{\"_id\":\"1" + below(4) + "\",\"a\":[1],\"o\":{\"n\":2}}'))";
                        default -> "(" + document() + ")";
                    });
        }
        return String.join("," + GAP, terms);
    }

    private String document() {
        List<String> fields = new ArrayList<>();
        if (!maybe(8)) {
            fields.add("'_id':" + pick(id(), id(), id(), id(), id(), id(), id(), maybe(5) ? "1.5" : id()));
        }
        int count = below(4);
        for (int i = 0; i < count; i++) {
            fields.add("'" + pick("a", "b", "n", "o", "f", "color", "cnt", "pn", "at") + "': " + value());
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private String id() {
        return pick("0", "3", "'1'", "'4'", "{'x': 1, 'y': 5}", "'1" + below(4) + "'", "" + below(16));
    }

    /** A value without fields of a document. */
    private String value() {
        return switch (below(10)) {
            case 0 -> "{}";
            case 1 -> "{'n': 1}";
            case 2 -> "{'o': {'n': " + below(3) + "}, 's': 'x'}";
            case 3 -> "{'b': {'a': {'c': 1.0}}}";
            case 4 -> TOKEN;
            case 5 -> pick(":object", ":list", ":none", ":half");
            case 6 -> pick("[1, {'a': 1}]", "NULL", "true", "1 / 0", "1e308 * 10");
            default -> pick("1", "2", "1.0", "'x'", "-7", "2 + 1");
        };
    }

    private String selected() {
        String columns = pick(
                "*",
                "_id, n, o",
                "c.*, MISSING a",
                "cast(n AS string) AS _id, a",
                "a, b",
                "color AS _id, 1 AS n",
                "_id, {'n': i} AS o");
        return spelled(
                "INSERT of a SELECT",
                join(
                        "SELECT",
                        columns,
                        "FROM",
                        pick("c", "c", "COLLECTION c (o MAP)"),
                        pick("", "WHERE n > 0", "WHERE f", "WHERE a IN [1, 'x', 2]"),
                        "ORDER BY c._id",
                        pick("", "LIMIT 2")));
    }

    private String returning() {
        if (!maybe(3)) {
            return "";
        }
        return join(
                keyword("RETURNING"),
                pick(
                        "*",
                        "_id",
                        "_id, a",
                        "c.*, MISSING a",
                        "o.n AS x, n + 1, cnt",
                        "COUNT(*) AS removed, MAX(n)",
                        "COUNT(DISTINCT color)"));
    }

    // ---- UPDATE

    private String update() {
        String target = target();
        List<String> taken = new ArrayList<>();
        List<String> apply = new ArrayList<>();
        List<String> set = new ArrayList<>();
        List<String> unset = new ArrayList<>();
        if (maybe(3)) {
            int count = 1 + below(2);
            for (int i = 0; i < count; i++) {
                String path = path(taken, "cnt", "cnt", "pn", "n", "o.n");
                String operation = pick(
                        "INCREMENT BY 1",
                        "INCREMENT BY i",
                        "INCREMENT BY 2.0",
                        "RESTART",
                        "RESTART WITH 10",
                        "RESTART WITH n",
                        "PN_INCREMENT BY 1.5",
                        "PN_INCREMENT BY -2");
                if (!path.isEmpty()) {
                    apply.add(join(path, keyword(operation)));
                }
            }
        }
        int sets = below(3);
        for (int i = 0; i < sets; i++) {
            String path = path(taken, "a", "b", "n", "o", "color", "o.n", "o.o", "b.a.c", "a.b", "cnt", "pn", "at");
            if (!path.isEmpty()) {
                set.add(assignment(path));
            }
        }
        if (maybe(3)) {
            String path = path(taken, "a", "o", "o.n", "s", "nothing", "cnt", "b.a");
            if (!path.isEmpty()) {
                unset.add(path);
            }
        }
        if (apply.isEmpty() && set.isEmpty() && unset.isEmpty()) {
            set.add(join("a", "=", "n"));
        }
        return join(
                directiveOrNone(),
                keyword("UPDATE"),
                target,
                apply.isEmpty() ? "" : join("APPLY", String.join(",", apply)),
                set.isEmpty() ? "" : join(keyword("SET"), String.join("," + GAP, set)),
                unset.isEmpty() ? "" : join("UNSET", String.join(",", unset)),
                where(),
                total(),
                returning());
    }

    private String target() {
        alias = "c";
        return join(collection(), hint());
    }

    /** A path that no other one begins, and that begins no other; empty when there is none left. */
    private String path(List<String> taken, String... paths) {
        String path = pick(paths);
        for (String other : taken) {
            if (other.startsWith(path) || path.startsWith(other)) {
                return "";
            }
        }
        taken.add(path);
        return maybe(6) ? "c." + path : path;
    }

    private String assignment(String path) {
        return switch (below(8)) {
            case 0 -> join(path, "->", pick("tombstone()", "default()"));
            case 1 -> join(path, "->", "(", "n = 1,", "x ->", pick("tombstone()", "default()", "( y = i )"), ")");
            case 2, 3 -> join(path, "=", value());
            default -> join(path, "=", expression(2));
        };
    }

    // ---- DELETE and EVICT

    private String remove(String verb) {
        return join(directiveOrNone(), keyword(verb + " FROM"), target(), where(), total(), returning());
    }

    /** An order that leaves no choice, so that a LIMIT has one right answer. */
    private String total() {
        if (!maybe(3)) {
            return "";
        }
        return join(
                keyword("ORDER BY"), pick("", "n,", "a DESC,", "color, a,", "o.n,"), "_id", pick("", "DESC"), bounds());
    }
}
