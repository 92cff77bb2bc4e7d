package io.ibid.core.query.syntax;

import java.util.List;

/** Writes SELECTs over the collection {@code c} that mostly make sense: no parameters, aggregates only where they may stand. */
public final class SelectGenerator extends ExpressionGenerator {
    private static final List<String> FIELDS =
            List.of("a", "b", "color", "n", "c.a", "c.b", "a.b", "b.a[0]", "_id", "c._id", "nothing", "v");
    private static final List<String> LITERALS = List.of(
            "1",
            "2",
            "2.5",
            "-7",
            "0",
            "'x'",
            "'xy'",
            "''",
            "'%y'",
            "true",
            "false",
            "NULL",
            "MISSING",
            "[1, 2]",
            "{'b': 1}",
            "3");
    private static final List<String> AGGREGATES = List.of(
            "COUNT(*)",
            "COUNT(a)",
            "COUNT(DISTINCT b)",
            "SUM(n)",
            "AVG(n)",
            "MIN(a)",
            "MAX(color)",
            "MEDIAN(n)",
            "MID(DISTINCT n)");

    private boolean grouped;

    public SelectGenerator(long seed) {
        super(seed);
    }

    public String select() {
        word("SELECT");
        boolean distinct = maybe(6);
        word(distinct ? "DISTINCT" : "");
        String key = null;
        switch (random.nextInt(4)) {
            case 0 -> word("*");
            case 1 -> {
                grouped = true;
                key = pick(List.of("a", "b", "color", "type(n)", "n"));
                word(maybe(3) ? "COUNT(*)" : key + " AS k , " + pick(AGGREGATES) + " AS x");
            }
            default -> {
                condition(3);
                words("AS", "x");
                word(maybe(2) ? ", a" : maybe(2) ? ", c.*" : ", a || b");
            }
        }
        words("FROM", "c");
        if (maybe(2)) {
            word("WHERE");
            condition(4);
        } else if (maybe(3)) {
            word(pick(List.of(
                    "WHERE _id = '1' AND a = 1",
                    "WHERE _id IN (0, '2', 5.0, 3.0)",
                    "WHERE _id IN [6, '7']",
                    "WHERE 9.0 = c._id")));
        }
        if (grouped) {
            String text = out.toString();
            if (!text.contains("SELECT COUNT") && !text.contains("SELECT DISTINCT COUNT") || maybe(2)) {
                words("GROUP", "BY", key == null ? "a" : key);
            }
            if (maybe(3)) {
                words("HAVING", pick(AGGREGATES), ">=", "1");
            }
            if (maybe(2) && text.contains(" x")) {
                words("ORDER", "BY", distinct ? "x" : "k, x DESC");
            }
        } else if (!distinct && maybe(2)) {
            words("ORDER", "BY");
            condition(2);
            word(pick(List.of("", "DESC", ", a DESC", ", c.b, _id")));
        } else if (distinct && out.toString().contains(" x ") && maybe(2)) {
            words("ORDER", "BY", "x", maybe(2) ? "DESC" : "");
        }
        word(maybe(3) ? "LIMIT " + random.nextInt(6) : "");
        word(maybe(4) ? "OFFSET " + random.nextInt(4) : "");
        return out.toString();
    }

    private void condition(int depth) {
        if (depth <= 0 || maybe(5)) {
            word(maybe(2) ? pick(FIELDS) : pick(LITERALS));
            return;
        }
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> infix(depth, pick(List.of("=", "!=", "<", "<=", ">", ">=")));
            case 3 -> infix(depth, pick(List.of("+", "-", "*", "/", "%", "||", "<<", ">>")));
            case 4, 5 -> infix(depth, pick(List.of("AND", "OR", "XOR")));
            case 6 -> {
                word(maybe(2) ? "NOT (" : "- (");
                condition(depth - 1);
                word(")");
            }
            case 7 -> {
                word("(");
                condition(depth - 1);
                word(pick(List.of(
                        ") IS NULL",
                        ") IS NOT MISSING",
                        ") IN (1, 'x', NULL)",
                        ") NOT IN [2, 'xy']",
                        ") IN b",
                        ") BETWEEN 1 AND n",
                        ") LIKE 'x%'",
                        ") NOT ILIKE '_Y'",
                        ") IN (0,1,2,3,4,5,6,7,8,9)",
                        "). b")));
            }
            case 8 -> {
                words("CASE", maybe(2) ? "a" : "", "WHEN");
                condition(depth - 1);
                word("THEN");
                condition(depth - 1);
                word(maybe(2) ? "ELSE 0 END" : "END");
            }
            case 9 -> {
                word(pick(List.of("ANY v IN", "EVERY v IN", "ANY AND EVERY i:v WITHIN", "ANY v WITHIN")));
                word(maybe(2) ? "a" : "[a, b, 1]");
                word("SATISFIES");
                condition(depth - 1);
                word("END");
            }
            case 10 -> {
                word(pick(List.of("coalesce (", "[", "concat (", "nullif (", "decode ( n ,")));
                boolean array = out.charAt(out.length() - 2) == '['
                        || out.toString().strip().endsWith("[");
                condition(depth - 1);
                word(",");
                condition(depth - 1);
                word(array ? "]" : ")");
            }
            default -> {
                word("ARRAY v FOR v IN");
                condition(depth - 1);
                word(maybe(2) ? "WHEN v > 1 END" : "END");
            }
        }
    }

    private void infix(int depth, String operator) {
        word("(");
        condition(depth - 1);
        words(")", operator, "(");
        condition(depth - 1);
        word(")");
    }
}
