package io.ibid.core.query.syntax;

import java.util.ArrayList;
import java.util.List;

/** Writes statements over the collection {@code c} of which indexes can serve a good deal: tests of fields, orders, limits, directives. */
public final class AccessGenerator extends ExpressionGenerator {
    public static final List<String> FIELDS =
            List.of("a", "a", "a", "b", "b", "n", "n", "color", "a.b", "_id", "_id.x", "b.a.c");
    private static final List<String> LITERALS = List.of(
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
            "lower('XY')");
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
            "'x\\%%'",
            "'\\ud83d\\ude00%'",
            "NULL");
    private static final List<String> LISTS = List.of(
            "(1, 2)",
            "('x', 1.0, NULL)",
            "[2, 'xy', true, 2]",
            "(1)",
            "[]",
            "(0, 1, 2, 'x', 'xy', [1, 2])",
            "a",
            "'x'");
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

    public AccessGenerator(long seed) {
        super(seed);
    }

    /** Keys for CREATE INDEX: {@code (a, b DESC)}. */
    public String keys() {
        List<String> paths = new ArrayList<>();
        do {
            String path = pick(FIELDS);
            if (!paths.contains(path)) {
                paths.add(path);
            }
        } while (maybe(2) && paths.size() < 3);
        StringBuilder keys = new StringBuilder();
        for (String path : paths) {
            keys.append(keys.isEmpty() ? "(" : ", ").append(path).append(maybe(3) ? " DESC" : "");
        }
        return keys.append(')').toString();
    }

    public String select() {
        start();
        word("SELECT");
        String key = null;
        switch (random.nextInt(6)) {
            case 0, 1 -> word("*");
            case 2 -> words(pick(List.of("a", "a AS x, b", "n, _id", "c.*", "DISTINCT a", "a.b AS y, color")));
            case 3 -> word(pick(List.of("COUNT(*) AS x", "COUNT(*) AS x, MIN(a) AS y", "SUM(n) AS x")));
            case 4 -> {
                key = pick(List.of("a", "b", "color", "n", "a.b"));
                words(key, "AS k, COUNT(*) AS x, MAX(b) AS y");
            }
            default -> words("_id");
        }
        words("FROM", "c");
        word(
                maybe(8)
                        ? pick(List.of(
                                "USE INDEX 'i0'",
                                "USE INDEX (i1, i2)",
                                "USE INDEX ''",
                                "USE DIRECTIVES '{\"#index\": [\"i0\"]}'"))
                        : "");
        boolean grouped = out.toString().contains(" x") && out.toString().contains("(");
        where();
        if (key != null) {
            words("GROUP", "BY", key);
        }
        if (key != null && maybe(2)) {
            words("ORDER", "BY", "k");
        } else if (!grouped && key == null) {
            order(out.toString().contains("DISTINCT"));
        }
        word(maybe(3) ? "LIMIT " + random.nextInt(5) : "");
        word(maybe(5) ? "OFFSET " + random.nextInt(3) : "");
        return out.toString();
    }

    public String delete() {
        start();
        words("DELETE", "FROM", "c");
        where();
        return out.toString();
    }

    /** Changes fields that the condition reads, so that documents move within an index while it is read. */
    public String update() {
        start();
        words("UPDATE", "c", "SET", pick(List.of("n", "a", "color")), "=");
        word(pick(List.of("n + 1", "'xyz'", "b", "2", "coalesce(n, 0) + 1")));
        where();
        return out.toString();
    }

    private void start() {
        out.setLength(0);
        if (maybe(4)) {
            word("/*+ {" + pick(DIRECTIVES) + "} */");
        }
    }

    private void where() {
        if (!maybe(6)) {
            word("WHERE");
            condition(random.nextInt(4));
        }
    }

    private void order(boolean distinct) {
        if (distinct) {
            word(maybe(2) ? "ORDER BY a DESC" : "");
            return;
        }
        if (maybe(2)) {
            return;
        }
        words("ORDER", "BY");
        int keys = 1 + random.nextInt(3);
        for (int i = 0; i < keys; i++) {
            words(i == 0 ? "" : ",", pick(FIELDS), maybe(2) ? "DESC" : "");
        }
    }

    private void condition(int depth) {
        if (depth == 0) {
            test();
            return;
        }
        switch (random.nextInt(5)) {
            case 0, 1 -> joined("AND", depth);
            case 2, 3 -> joined("OR", depth);
            default -> {
                words("NOT", "(");
                condition(depth - 1);
                word(")");
            }
        }
    }

    private void joined(String operator, int depth) {
        word("(");
        condition(depth - 1);
        word(operator);
        condition(depth - 1);
        word(")");
    }

    private void test() {
        String field = pick(FIELDS);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> words(field, "=", pick(LITERALS));
            case 3, 4 -> words(field, pick(List.of("<", "<=", ">", ">=", "!=")), pick(LITERALS));
            case 5 -> words(pick(LITERALS), pick(List.of("<", "<=", ">", ">=", "!=", "=")), field);
            case 6 -> words(field, maybe(4) ? "NOT" : "", "BETWEEN", pick(LITERALS), "AND", pick(LITERALS));
            case 7 -> words(field, maybe(4) ? "NOT IN" : "IN", pick(LISTS));
            case 8 -> words(field, pick(List.of("IS NULL", "IS NOT NULL", "IS MISSING", "IS NOT MISSING")));
            case 9 -> words(field, maybe(4) ? "NOT LIKE" : "LIKE", pick(PATTERNS));
            case 10 -> word(field);
            default ->
                words(pick(List.of("lower(color) = 'x'", "a = b", "type(n) = 'integer'", "1 IN a", "c.a = c.n")));
        }
    }
}
