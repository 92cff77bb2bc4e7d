package io.ibid.core.query;

import java.util.ArrayList;
import java.util.List;

/** Random conditions, orders and bounds over the collection {@code c}, such as indexes can serve and others; and the indexes. */
class ConditionCases extends ExpressionCases {
    /** Paths that indexes are over; some more often. */
    static final List<String> PATHS =
            List.of("a", "a", "a", "b", "b", "n", "n", "color", "s", "a.b", "_id", "_id.x", "_id.y", "b.a.c", "o.n");

    private static final List<String> CONSTANTS = List.of(
            "1",
            "2",
            "1.0",
            "2.5",
            "-7",
            "0",
            "'x'",
            "'xy'",
            "'xyz'",
            "''",
            "'\\ud83d\\ude00'",
            "true",
            "false",
            "NULL",
            "MISSING",
            "[1, 2]",
            "[]",
            "{'b': 1}",
            "{}",
            "9223372036854775807",
            "1 + 1",
            "lower('XY')",
            ":one",
            ":x",
            ":none",
            ":object",
            ":half");
    private static final List<String> PATTERNS = List.of(
            "'x%'",
            "'xy%'",
            "'%'",
            "'xy'",
            "''",
            "'x_'",
            "'x%y%'",
            "'%y'",
            "'!%%' ESCAPE '!'",
            "'x\\\\%%'",
            "'\\ud83d\\ude00%'",
            "NULL",
            ":x");
    private static final List<String> LISTS = List.of(
            "(1, 2)",
            "('x', 1.0, NULL)",
            "[2, 'xy', true, 2]",
            "(1)",
            "[]",
            "(0, 1, 2, 'x', 'xy', [1, 2])",
            "a",
            "'x'",
            ":list",
            "(:one, :x, :none)",
            "(:list)",
            ":ids");

    /** The paths that the condition is about: an order by them is worth more. */
    private final List<String> tested = new ArrayList<>();

    ConditionCases(long seed) {
        super(seed);
    }

    final String where() {
        return switch (below(8)) {
            case 0 -> "";
            case 1, 2 -> join(keyword("WHERE"), expression('B', 4));
            case 3 ->
                join(
                        keyword("WHERE"),
                        pick("_id", alias + "._id"),
                        pick(
                                "= :one",
                                "= '1' AND a = 1",
                                "IN (0, '4', 3.0, {'x':1,'y':5})",
                                "IN :ids",
                                "= {'y': 5, 'x': 1}",
                                "IN ['1', 3]"));
            case 4, 5 -> {
                List<String> all = new ArrayList<>();
                int count = 1 + below(3);
                for (int i = 0; i < count; i++) {
                    all.add(maybe(4) ? tests(1) : test());
                }
                yield join(keyword("WHERE"), String.join(GAP + keyword("AND") + GAP, all));
            }
            default -> join(keyword("WHERE"), tests(below(4)));
        };
    }

    private String tests(int depth) {
        if (depth == 0) {
            return test();
        }
        return switch (below(5)) {
            case 0, 1 -> join("(", tests(depth - 1), "AND", tests(depth - 1), ")");
            case 2, 3 -> join("(", tests(depth - 1), "OR", tests(depth - 1), ")");
            default -> join("NOT (", tests(depth - 1), ")");
        };
    }

    /** A condition on one field, such as an index can serve. */
    private String test() {
        String path = pick(PATHS);
        tested.add(path);
        String field = (maybe(5) ? alias + "." : "") + path;
        return switch (below(12)) {
            case 0, 1, 2 -> join(field, "=", pick(CONSTANTS));
            case 3, 4 -> join(field, pick("<", "<=", ">", ">=", "!="), pick(CONSTANTS));
            case 5 -> join(pick(CONSTANTS), pick("<", "<=", ">", ">=", "!=", "="), field);
            case 6 -> join(field, maybe(4) ? "NOT" : "", "BETWEEN", pick(CONSTANTS), "AND", pick(CONSTANTS));
            case 7 -> join(field, maybe(4) ? "NOT IN" : "IN", pick(LISTS));
            case 8 -> join(field, pick("IS NULL", "IS NOT NULL", "IS MISSING", "IS NOT MISSING"));
            case 9 -> join(field, maybe(4) ? "NOT LIKE" : "LIKE", pick(PATTERNS));
            case 10 -> field;
            default ->
                pick(
                        "lower(color) = 'x'",
                        "a = b",
                        "type(n) = 'integer'",
                        "1 IN a",
                        alias + ".a = " + alias + ".n",
                        "n > i");
        };
    }

    final String order(boolean hasX) {
        if (maybe(2)) {
            return "";
        }
        List<String> keys = new ArrayList<>();
        int count = 1 + below(3);
        for (int i = 0; i < count; i++) {
            String key = maybe(4)
                    ? expression(2)
                    : hasX && maybe(4)
                            ? pick("x", "x || 'z'", "x.a")
                            : maybe(2) && !tested.isEmpty() ? pick(tested) : pick(PATHS);
            keys.add(join(key, pick("", "", "ASC", "DESC", "DESC")));
        }
        return join(keyword("ORDER BY"), String.join(",", keys));
    }

    final String bounds() {
        return join(
                maybe(3) ? join(keyword("LIMIT"), pick("0", "1", "2", "3", "5", "12", ":two", "2.0", "1 + :one")) : "",
                maybe(5) ? join(keyword("OFFSET"), pick("0", "1", "2", "20", ":two", ":one")) : "");
    }

    /** Keys for CREATE INDEX: {@code (a, b DESC)}. */
    final String indexKeys() {
        List<String> paths = new ArrayList<>();
        do {
            String path = pick(PATHS);
            if (!paths.contains(path)) {
                paths.add(path);
            }
        } while (maybe(3) && paths.size() < 3);
        return "("
                + String.join(
                        ",",
                        paths.stream()
                                .map(path -> path + pick("", " ASC", " DESC"))
                                .toList())
                + ")";
    }
}
