package io.ibid.core.query;

import java.util.ArrayList;
import java.util.List;

/** Random SELECTs over the collection {@code c}. */
class SelectCases extends ConditionCases {
    private static final List<String> DIRECTIVES = List.of(
            "\"#disable_index_scan\": true",
            "\"#prefer_order\": true",
            "\"#intersects\": 2",
            "\"#max_scans\": 1",
            "\"#max_scans\": 2",
            "\"#max_inlist\": 1",
            "\"#max_inlist\": 2",
            "\"#max_serial_ranges\": 1",
            "\"c\": {\"#index\": \"i0\"}",
            "\"#index\": [\"i1\", \"i2\"]",
            "\"#index\": null");
    private static final List<String> KEYS = List.of(
            "a",
            "b",
            "color",
            "n",
            "a.b",
            "_id.x",
            "type(n)",
            "substr(s, 0, 1)",
            "a = 1",
            "o",
            "f",
            "n % 2",
            "coalesce(color, 'none')");

    SelectCases(long seed) {
        super(seed);
    }

    String select() {
        return laidOut(selectTokens());
    }

    final String directive() {
        if (!maybe(4)) {
            return "";
        }
        String json = "{" + pick(DIRECTIVES) + "}";
        return maybe(4) ? spelled("directive to the end of the line", "--+ " + json + "\n") : "/*+ " + json + " */";
    }

    final String selectTokens() {
        alias = "c";
        switch (below(100)) {
            case 0 -> {
                return constantSelect();
            }
            case 1 -> {
                return join(keyword("SELECT COUNT(*)"), pick("", "AS x", ", COUNT(*) AS y"), "FROM", collection());
            }
            default -> {}
        }
        String directive = directive();
        boolean behind = !directive.isEmpty() && maybe(4);
        String from = from();
        String select = behind
                ? join(keyword("SELECT"), spelled("directive behind SELECT", directive))
                : join(directive, keyword("SELECT"));
        return switch (below(6)) {
            case 0, 1 -> grouped(select, from);
            case 2 -> distinct(select, from);
            default -> plain(select, from);
        };
    }

    private String constantSelect() {
        String from = maybe(2) ? spelled("SELECT without FROM", "") : join("FROM", "system", ":", "dual");
        alias = "dual";
        return join(
                "SELECT",
                "1 +",
                pick("1", "_id", ":one"),
                "AS x, dual._id, nothing",
                from,
                maybe(3) ? "WHERE 1 = 1" : "");
    }

    // ---- FROM

    /** Also decides how the collection is called. */
    final String from() {
        String collection = collection();
        if (maybe(4)) {
            alias = pick("t", "`d d`", "count");
            collection = join(collection, pick("AS", ""), alias);
        }
        return join(keyword("FROM"), collection, hint());
    }

    final String collection() {
        return switch (below(12)) {
            case 0 -> join(keyword("COLLECTION"), "c");
            case 1, 2 ->
                join(
                        keyword("COLLECTION"),
                        "c",
                        "(",
                        pick(
                                "o MAP",
                                "o MAP(o MAP, n REGISTER)",
                                "a REGISTER",
                                "b MAP(a REGISTER)",
                                "n COUNTER",
                                "o ATTACHMENT",
                                "i pn_counter"),
                        maybe(2) ? ", color REGISTER" : "",
                        ")");
            case 3 -> spelled("namespace default", join("default", ":", "c"));
            case 4 -> spelled("name in backticks", "`c`");
            default -> "c";
        };
    }

    final String hint() {
        if (!maybe(6)) {
            return "";
        }
        return switch (below(7)) {
            case 0 -> join(keyword("USE INDEX"), pick("'i0'", "''", "'nothing'"));
            case 1 -> join("USE INDEX", "(", "i1", ",", "i2", ")");
            case 2 -> join(keyword("USE DIRECTIVES"), pick("'{\"#index\": [\"i0\"]}'", "'{\"#prefer_order\": true}'"));
            case 3 -> join("USE INDEX 'i0'", "USE DIRECTIVES '{\"#max_scans\": 1}'");
            case 4 ->
                join(keyword("USE IDS LIST"), pick(":ids", "['1', 3, '1', 2.5]", "[]", "[:one, {'x': 1, 'y': 5}]"));
            default ->
                join(
                        keyword("USE IDS"),
                        pick("'1'", "0, 3, '4', 0", "{'y': 5, 'x': 1}", ":one, :ids", "'nobody', 1.5, null"));
        };
    }

    // ---- what is answered

    private String plain(String select, String from) {
        String projection = projection();
        return join(select, projection, from, where(), order(projection.contains("AS" + GAP + "x")), bounds());
    }

    private String projection() {
        String qualified = alias + pick(".", GAP + "." + GAP) + "*";
        return switch (below(8)) {
            case 0, 1 -> "*";
            case 2 -> qualified;
            case 3 -> join(qualified, ",", expression(2), "AS", "x");
            case 4 ->
                join(
                        qualified,
                        ",",
                        "MISSING",
                        pick("a", "o.n", alias + ".s", "nothing", "o", "`a b`"),
                        maybe(2) ? ", MISSING b" : "");
            case 5 -> join(pick(PATHS), ",", pick(PATHS), pick("", "AS y", "y"));
            default -> {
                List<String> columns = new ArrayList<>();
                int count = 1 + below(3);
                for (int i = 0; i < count; i++) {
                    columns.add(expression(3)
                            + (i == 0
                                    ? GAP + "AS" + GAP + "x"
                                    : maybe(2) ? GAP + "AS" + GAP + pick("y", "z", "`q q`") : ""));
                }
                yield String.join(GAP + "," + GAP, columns);
            }
        };
    }

    private String distinct(String select, String from) {
        String expression = expression(2) + GAP + "AS" + GAP + "y";
        String wildcard = join(alias + ".*", ", MISSING _id, MISSING s, MISSING d");
        String projection = pick("a", "a, b", "*", "a.b AS y, color", "n + 1 AS y", "o, f", wildcard, expression);
        String key = projection.matches("(?s).*AS[ \u0001]y\\b.*") ? "y" : projection.equals("*") ? pick(PATHS) : "a";
        boolean ordered = maybe(2) && (!key.equals("a") || projection.matches("a(, b)?|[*]"));
        String order = ordered ? join("ORDER BY", key, pick("", "ASC", "DESC")) : "";
        return join(select, keyword("DISTINCT"), projection, from, where(), order, bounds());
    }

    private String aggregate() {
        return switch (below(8)) {
            case 0, 1 -> pick("COUNT(*)", "count( * )", "Count(*)");
            default ->
                join(
                        keyword(pick("COUNT", "SUM", "AVG", "MIN", "MAX", "MEDIAN", "MID")) + "(",
                        maybe(3) ? "DISTINCT" : "",
                        pick("n", "n", "a", "b", "i", "color", "f", "n + i", "a = 1", "o.n"),
                        ")");
        };
    }

    private String grouped(String select, String from) {
        List<String> keys = new ArrayList<>();
        int count = below(4);
        for (int i = 0; i < count; i++) {
            keys.add(pick(KEYS));
        }
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            columns.add(keys.get(i) + GAP + "AS" + GAP + "k" + i);
        }
        columns.add(ofGroup(keys, 2) + GAP + "AS" + GAP + "x");
        if (maybe(2)) {
            columns.add(ofGroup(keys, 1));
        }
        if (maybe(4) && !keys.isEmpty()) {
            columns.removeFirst();
        }
        String grouping = keys.isEmpty() ? "" : join(keyword("GROUP BY"), String.join(",", keys));
        String having = switch (below(4)) {
            case 0 -> join(keyword("HAVING"), ofGroup(keys, 1), "IS NOT", pick("NULL", "MISSING"));
            case 1 -> join(keyword("HAVING"), aggregate(), pick(">=", "<"), pick("1", "2", ":two"));
            default -> "";
        };
        String columnText = String.join("," + GAP, columns);
        if (keys.isEmpty() && !hasAggregate(columnText)) {
            columnText += ", COUNT(*) AS z";
        }
        boolean distinct = maybe(8);
        String order = maybe(2)
                ? ""
                : join(
                        keyword("ORDER BY"),
                        maybe(2) || keys.isEmpty() || distinct ? "x" : pick(keys),
                        pick("", "DESC"),
                        maybe(3) && !distinct ? ", COUNT(*)" : "");
        return join(select, distinct ? "DISTINCT" : "", columnText, from, where(), grouping, having, order, bounds());
    }

    private static boolean hasAggregate(String columns) {
        return columns.matches("(?is).*(count|sum|avg|min|max|median|mid) *\\(.*");
    }

    /** An expression of the keys and aggregates of a group. */
    private String ofGroup(List<String> keys, int depth) {
        if (depth == 0 || maybe(3)) {
            return keys.isEmpty() || maybe(2) ? aggregate() : "(" + pick(keys) + ")";
        }
        return switch (below(4)) {
            case 0 -> join("(", ofGroup(keys, depth - 1), pick("+", "/", "*", "-"), pick("1", "2", "0.5"), ")");
            case 1 -> join("coalesce(", ofGroup(keys, depth - 1), ",", ofGroup(keys, depth - 1), ")");
            case 2 -> join("CASE WHEN", ofGroup(keys, depth - 1), "> 1 THEN", ofGroup(keys, 0), "END");
            default -> join("[", ofGroup(keys, depth - 1), ",", ofGroup(keys, 0), "]");
        };
    }
}
