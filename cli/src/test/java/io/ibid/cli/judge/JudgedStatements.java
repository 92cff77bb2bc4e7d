package io.ibid.cli.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random SELECTs over the features, each in DQL and in SQLite's SQL. Only what both languages say alike: texts with texts and numbers with
 * numbers, no tests of NULL or MISSING, no COUNT of booleans. What is missing here is NULL there, and sorts last, then first.
 */
final class JudgedStatements {
    private static final List<String> TEXTS = List.of("area", "name", "description", "source_file", "mdn_url");
    private static final List<String> BOOLEANS =
            List.of("status.deprecated", "status.experimental", "status.standard_track");
    private static final List<String> CONSTANTS = List.of(
            "css", "html", "javascript", "svg", "gap", "grid", "row-gap", "http", "type", "Array", "", "m", "path");
    private static final List<String> PATTERNS =
            List.of("css%", "%a%", "%-%", "_a%", "%properties%", "g%", "%.json", "%e", "____", "%Array%", "m%l");
    private static final List<String> BROWSERS = List.of("chrome", "firefox", "safari", "ie", "edge");

    private final Random random;

    JudgedStatements(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** One thing in both languages. */
    record Pair(String dql, String sql) {
        static Pair of(String both) {
            return new Pair(both, both);
        }

        /** Both written with these parts in place of the marks {@code $0}, {@code $1}. */
        static Pair written(String dql, String sql, Pair... parts) {
            String left = dql;
            String right = sql;
            for (int i = 0; i < parts.length; i++) {
                left = left.replace("$" + i, parts[i].dql);
                right = right.replace("$" + i, parts[i].sql);
            }
            return new Pair(left, right);
        }

        static Pair same(String both, Pair... parts) {
            return written(both, both, parts);
        }
    }

    private <T> T pick(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    private boolean maybe(int chances) {
        return random.nextInt(chances) == 0;
    }

    private static Pair field(String alias, String path) {
        String json = path.equals("_id") ? alias + ".id" : "json_extract(" + alias + ".doc, '$." + path + "')";
        return new Pair(alias + "." + path, json);
    }

    private static Pair text(String value) {
        return Pair.of("'" + value + "'");
    }

    // ---- expressions

    private Pair text(int depth, String alias) {
        if (depth == 0 || maybe(3)) {
            return maybe(3) ? text(pick(CONSTANTS)) : field(alias, maybe(5) ? "_id" : pick(TEXTS));
        }
        return switch (random.nextInt(6)) {
            // SQLite knows the case of ASCII letters only.
            case 0 -> Pair.same("lower($0)", field(alias, pick(List.of("name", "area"))));
            case 1 -> Pair.same("upper($0)", field(alias, pick(List.of("name", "area"))));
            case 2 -> {
                int start = random.nextInt(6);
                int length = 1 + random.nextInt(5);
                yield Pair.written(
                        "substr($0, " + start + ", " + length + ")",
                        "substr($0, " + (start + 1) + ", " + length + ")",
                        text(depth - 1, alias));
            }
            case 3 -> Pair.same("($0 || $1)", text(depth - 1, alias), text(depth - 1, alias));
            case 4 -> Pair.same("coalesce($0, $1)", text(depth - 1, alias), text(depth - 1, alias));
            default ->
                Pair.same(
                        "CASE WHEN $0 THEN $1 ELSE $2 END",
                        condition(depth - 1, alias),
                        text(depth - 1, alias),
                        text(0, alias));
        };
    }

    private Pair number(int depth, String alias) {
        if (depth == 0) {
            return maybe(2) ? field(alias, "depth") : Pair.of(String.valueOf(random.nextInt(7)));
        }
        return switch (random.nextInt(9)) {
            case 0 -> Pair.written("char_length($0)", "length($0)", text(depth - 1, alias));
            case 1 -> Pair.written("pos($0, $1)", "(instr($0, $1) - 1)", text(depth - 1, alias), text("a"));
            case 2 ->
                Pair.written(
                        "array_length($0)", "json_array_length(" + alias + ".doc, '$.tags')", field(alias, "tags"));
            case 3 ->
                Pair.written(
                        "object_length($0)",
                        "CASE WHEN " + alias + ".doc IS NOT NULL THEN (SELECT count(*) FROM json_each(" + alias
                                + ".doc, '$.support')) END",
                        field(alias, "support"));
            case 4 -> Pair.same("abs($0)", number(depth - 1, alias));
            case 5 -> Pair.same("(- $0)", number(depth - 1, alias));
            // A division by nothing would be NULL, which sorts before MISSING, and in SQL they are one.
            case 6 -> Pair.same("($0 " + pick(List.of("/ 2", "% 3", "/ 7", "% 2")) + ")", number(depth - 1, alias));
            default ->
                Pair.same(
                        "($0 " + pick(List.of("+", "-", "*")) + " $1)",
                        number(depth - 1, alias),
                        number(depth - 1, alias));
        };
    }

    private Pair condition(int depth, String alias) {
        if (depth > 0 && maybe(3)) {
            return switch (random.nextInt(3)) {
                case 0 -> Pair.same("(NOT $0)", condition(depth - 1, alias));
                case 1 -> Pair.same("($0 AND $1)", condition(depth - 1, alias), condition(depth - 1, alias));
                default -> Pair.same("($0 OR $1)", condition(depth - 1, alias), condition(depth - 1, alias));
            };
        }
        String comparison = pick(List.of("=", "<>", "<", "<=", ">", ">="));
        return switch (random.nextInt(10)) {
            case 0, 1 -> Pair.same("($0 " + comparison + " $1)", text(depth, alias), text(0, alias));
            case 2, 3 -> Pair.same("($0 " + comparison + " $1)", number(depth, alias), number(0, alias));
            case 4 -> Pair.same("($0 BETWEEN $1 AND $2)", number(depth, alias), number(0, alias), number(0, alias));
            case 5 ->
                Pair.same("($0 " + (maybe(3) ? "NOT LIKE" : "LIKE") + " $1)", text(depth, alias), text(pick(PATTERNS)));
            case 6 ->
                Pair.same(
                        "($0 " + (maybe(3) ? "NOT IN" : "IN") + " ($1, $2, $3))",
                        text(depth, alias),
                        text(pick(CONSTANTS)),
                        text(pick(CONSTANTS)),
                        text(pick(CONSTANTS)));
            case 7 -> bool(alias, maybe(2));
            case 8 -> ofArray(alias);
            default -> ofText(depth, alias);
        };
    }

    private Pair bool(String alias, boolean value) {
        return Pair.written("($0 = " + value + ")", "($0 = " + (value ? 1 : 0) + ")", field(alias, pick(BOOLEANS)));
    }

    /** Conditions on nested arrays and objects; the ones on arrays only where there is one. */
    private Pair ofArray(String alias) {
        String each = "FROM json_each(" + alias + ".doc, '$.tags')";
        String has = "CASE WHEN json_type(" + alias + ".doc, '$.tags') = 'array' THEN ";
        Pair tags = field(alias, "tags");
        Pair pattern = text(pick(List.of("web-features:%", "%grid%", "%css%", "%a")));
        Pair tag = text(pick(List.of("web-features:grid", "web-features:array", "web-features:html")));
        Pair browser = text(pick(BROWSERS));
        return switch (random.nextInt(6)) {
            case 0 ->
                Pair.written(
                        "(ANY t IN $0 SATISFIES t LIKE $1 END)",
                        "(" + has + "EXISTS (SELECT 1 " + each + " WHERE value LIKE $1) END)",
                        tags,
                        pattern);
            case 1 ->
                Pair.written(
                        "(EVERY t IN $0 SATISFIES t LIKE $1 END)",
                        "(" + has + "NOT EXISTS (SELECT 1 " + each + " WHERE NOT value LIKE $1) END)",
                        tags,
                        pattern);
            case 2 -> Pair.written("($1 IN $0)", "(" + has + "$1 IN (SELECT value " + each + ") END)", tags, tag);
            case 3 ->
                Pair.written("array_contains($0, $1)", "(" + has + "$1 IN (SELECT value " + each + ") END)", tags, tag);
            case 4 -> Pair.written("($0[0] = $1)", "(json_extract(" + alias + ".doc, '$.tags[0]') = $1)", tags, tag);
            default ->
                Pair.written(
                        "(ANY b:s IN $0 SATISFIES b = $1 END)",
                        "EXISTS (SELECT 1 FROM json_each(" + alias + ".doc, '$.support') WHERE key = $1)",
                        field(alias, "support"),
                        browser);
        };
    }

    private Pair ofText(int depth, String alias) {
        Pair text = text(depth, alias);
        Pair part = text(pick(CONSTANTS));
        return switch (random.nextInt(3)) {
            case 0 -> Pair.written("contains($0, $1)", "(instr($0, $1) > 0)", text, part);
            case 1 -> Pair.written("starts_with($0, $1)", "(substr($0, 1, length($1)) = $1)", text, part);
            default -> Pair.written("regexp_like($0, '^[a-m]')", "(substr($0, 1, 1) GLOB '[a-m]')", text);
        };
    }

    // ---- statements

    /** A statement whose rows come in one right order, all columns with names. */
    Pair select() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> grouped();
            case 3 -> distinct();
            case 4 -> joined();
            default -> plain();
        };
    }

    private static Pair from(String alias) {
        return Pair.of("FROM features AS " + alias);
    }

    private Pair where(String alias) {
        return maybe(5) ? Pair.of("") : Pair.same("WHERE $0", condition(3, alias));
    }

    private static Pair list(List<Pair> pairs) {
        return new Pair(
                String.join(", ", pairs.stream().map(Pair::dql).toList()),
                String.join(", ", pairs.stream().map(Pair::sql).toList()));
    }

    /** Nothing sorts last in DQL and first in SQLite. */
    private Pair sorted(Pair key) {
        boolean descending = maybe(2);
        return Pair.written(
                descending ? "$0 DESC" : "$0", descending ? "$0 IS NULL DESC, $0 DESC" : "$0 IS NULL, $0", key);
    }

    private Pair bounds() {
        return Pair.of(
                (maybe(2)
                        ? "LIMIT " + (1 + random.nextInt(60)) + (maybe(2) ? " OFFSET " + random.nextInt(20) : "")
                        : ""));
    }

    private Pair columns(String alias) {
        List<Pair> columns = new ArrayList<>(List.of(Pair.same("$0 AS k", field(alias, "_id"))));
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            columns.add(Pair.same("$0 AS c" + i, maybe(2) ? text(2, alias) : number(2, alias)));
        }
        return list(columns);
    }

    private Pair plain() {
        List<Pair> order = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            // A number alone would be the number of a column to SQLite.
            order.add(sorted(maybe(2) ? text(1, "f") : Pair.same("($0 + $1)", number(1, "f"), field("f", "depth"))));
        }
        order.add(field("f", "_id"));
        return Pair.same("SELECT $0 $1 $2 ORDER BY $3 $4", columns("f"), from("f"), where("f"), list(order), bounds());
    }

    private Pair distinct() {
        Pair first = maybe(2) ? text(1, "f") : number(1, "f");
        Pair second = number(1, "f");
        return Pair.same(
                "SELECT DISTINCT $0 AS a, $1 AS b $2 $3 ORDER BY $4, $5",
                first,
                second,
                from("f"),
                where("f"),
                sorted(Pair.of("a")),
                sorted(Pair.of("b")));
    }

    private Pair aggregate() {
        return switch (random.nextInt(7)) {
            case 0 -> Pair.of("COUNT(*)");
            case 1 -> Pair.same("COUNT($0$1)", Pair.of(maybe(2) ? "DISTINCT " : ""), text(1, "f"));
            case 2 -> Pair.same("SUM($0)", number(1, "f"));
            case 3 -> Pair.same("AVG($0)", number(1, "f"));
            case 4 -> Pair.same("MIN($0)", maybe(2) ? text(1, "f") : number(1, "f"));
            case 5 -> Pair.same("MAX($0)", maybe(2) ? text(1, "f") : number(1, "f"));
            default -> Pair.same("SUM(DISTINCT $0)", number(1, "f"));
        };
    }

    private Pair grouped() {
        List<Pair> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            keys.add(
                    maybe(2)
                            ? field("f", pick(List.of("area", "depth")))
                            : Pair.written("char_length($0)", "length($0)", field("f", "name")));
        }
        List<Pair> columns = new ArrayList<>();
        List<Pair> order = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            columns.add(Pair.same("$0 AS k" + i, keys.get(i)));
            order.add(sorted(Pair.of("k" + i)));
        }
        columns.add(Pair.same("$0 AS x", aggregate()));
        columns.add(Pair.same("$0 AS y", aggregate()));
        if (keys.isEmpty()) {
            return Pair.same("SELECT $0 $1 $2", list(columns), from("f"), where("f"));
        }
        Pair having = maybe(2) ? Pair.of("") : Pair.same("HAVING COUNT(*) > $0", Pair.of("" + random.nextInt(20)));
        return Pair.same(
                "SELECT $0 $1 $2 GROUP BY $3 $4 ORDER BY $5 $6",
                list(columns),
                from("f"),
                where("f"),
                list(keys),
                having,
                list(order),
                bounds());
    }

    /** Joins by name, which has an index. */
    private Pair joined() {
        boolean outer = maybe(2);
        Pair on = Pair.same("$0 = $1 AND $2", field("g", "name"), field("f", "name"), condition(1, "g"));
        return Pair.same(
                "SELECT $0 AS k, $1 AS l, $2 AS m $3 $4 $5 ON $6 WHERE $7 ORDER BY k, $8",
                field("f", "_id"),
                field("g", "_id"),
                number(1, "g"),
                from("f"),
                Pair.of(outer ? "LEFT JOIN" : "JOIN"),
                Pair.of("features AS g"),
                on,
                condition(1, "f"),
                sorted(Pair.of("l")));
    }
}
