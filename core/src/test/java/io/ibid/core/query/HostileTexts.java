package io.ibid.core.query;

import io.ibid.core.query.syntax.StatementGenerator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts that nobody would write: random bytes, broken statements, soups of tokens, towers of brackets, giants, patterns that blow up. */
final class HostileTexts extends Dice {
    private static final List<String> TOKENS = List.of(
            "SELECT",
            "INSERT",
            "INTO",
            "UPDATE",
            "DELETE",
            "EVICT",
            "FROM",
            "WHERE",
            "SET",
            "UNSET",
            "APPLY",
            "VALUES",
            "DOCUMENTS",
            "GROUP",
            "BY",
            "HAVING",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "JOIN",
            "ON",
            "USE",
            "IDS",
            "LIST",
            "INDEX",
            "DIRECTIVES",
            "AS",
            "DISTINCT",
            "AND",
            "OR",
            "XOR",
            "NOT",
            "IN",
            "BETWEEN",
            "LIKE",
            "ILIKE",
            "SIMILAR TO",
            "ESCAPE",
            "IS",
            "NULL",
            "MISSING",
            "UNKNOWN",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "CAST",
            "ANY",
            "EVERY",
            "SATISFIES",
            "WITHIN",
            "ARRAY",
            "OBJECT",
            "FOR",
            "COUNT",
            "RETURNING",
            "EXPLAIN",
            "PROFILE",
            "ADVISE",
            "ALTER SYSTEM",
            "SHOW",
            "RESET",
            "ALL",
            "CREATE",
            "DROP",
            "COLLECTION",
            "MAP",
            "COUNTER",
            "system",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ".",
            ":",
            "::",
            ";",
            "*",
            "/",
            "%",
            "+",
            "-",
            "||",
            "|",
            "<<",
            ">>",
            "=",
            "==",
            "!=",
            "<>",
            "<=",
            "->",
            "--",
            "/*",
            "*/",
            "/*+",
            "--+",
            "'",
            "\"",
            "`",
            "\\",
            "'a'",
            "'a\\",
            "\"b\"",
            "`c`",
            "c",
            "a",
            "b",
            "_id",
            "1",
            "0x",
            "0xFF",
            "1e",
            "1e999",
            "1.5",
            ".5",
            "5.",
            "9223372036854775808",
            ":p",
            ":",
            "?",
            "$",
            "#",
            "@",
            "~",
            "\u0000",
            "\uD83D",
            "\uFEFF",
            "\u2028",
            "DO UPDATE",
            "ON ID CONFLICT",
            "INITIAL",
            "TRIM(BOTH",
            "POSITION(",
            "tombstone()",
            "default()",
            "INCREMENT BY",
            "RESTART WITH");

    /** What opens a level, and what closes it. */
    private static final List<List<String>> LEVELS = List.of(
            List.of("(", ")"),
            List.of("[", "]"),
            List.of("{'a':", "}"),
            List.of("NOT ", ""),
            List.of("- ", ""),
            List.of("lower(", ")"),
            List.of("coalesce(1,", ")"),
            List.of("CASE WHEN ", " THEN 1 END"),
            List.of("CASE 1 WHEN 1 THEN ", " END"),
            List.of("ARRAY v FOR v IN ", " END"),
            List.of("ANY v IN [1] SATISFIES ", " END"),
            List.of("CAST(", " AS string)"),
            List.of("1 IN (", ")"),
            List.of("1 BETWEEN (", ") AND 2"),
            List.of("'a' LIKE (", ")"),
            List.of("1 + ", ""),
            List.of("TRIM(BOTH 'x' FROM ", ")"),
            List.of("a = ", ""),
            List.of("a AND b OR ", ""));

    private static final List<String> PATTERN_PIECES = List.of(
            "a", "%", "_", "a%", "%a", "(a*)*", "(a+)+", "(a|aa)+", "(a|a)*", "[a-z]", "[", "]", "(", ")", "|", "*",
            "+", "?", "{2}", "{1000}", "{,}", "\\\\", "^", "$", ".", ".*", "(.*)*", "\\\\b", "(?i)", "(?:", "\\\\pL",
            "{9}", "[^a]");

    HostileTexts(long seed) {
        super(seed);
    }

    String text() {
        return switch (below(12)) {
            case 0 -> bytes();
            case 1, 2 -> soup();
            case 3 -> tower();
            case 4 -> giant();
            case 5 -> pattern();
            case 6 -> broken(new StatementGenerator(random.nextLong()).statement());
            case 7 -> broken(new MutationCases(random.nextLong()).mutation());
            default -> broken(new SelectCases(random.nextLong()).select());
        };
    }

    private String bytes() {
        byte[] bytes = new byte[below(200)];
        random.nextBytes(bytes);
        if (maybe(2)) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] &= 0x7f;
            }
        }
        return new String(bytes, maybe(2) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    private String soup() {
        List<String> tokens = new ArrayList<>();
        int count = 1 + below(30);
        for (int i = 0; i < count; i++) {
            tokens.add(pick(TOKENS));
        }
        return pick("", "SELECT ", "SELECT * FROM c WHERE ", "UPDATE c SET a = ")
                + String.join(pick("", " ", "\n"), tokens);
    }

    private String tower() {
        int height = pick(List.of(3, 50, 254, 255, 256, 257, 300, 2000, 20_000));
        StringBuilder open = new StringBuilder();
        StringBuilder close = new StringBuilder();
        boolean mixed = maybe(2);
        List<String> level = pick(LEVELS);
        for (int i = 0; i < height; i++) {
            level = mixed ? pick(LEVELS) : level;
            open.append(level.get(0));
            close.insert(0, level.get(1));
        }
        String end = maybe(4) ? "" : close.toString();
        return pick(
                        "SELECT ",
                        "SELECT * FROM c WHERE ",
                        "SELECT * FROM c ORDER BY ",
                        "INSERT INTO c VALUES (",
                        "UPDATE c SET a = ")
                + open
                + pick("1", "a", "", ":p")
                + end;
    }

    private String giant() {
        int size = pick(List.of(1_025, 5_000, 60_000, 900_000));
        return switch (below(9)) {
            case 0 -> "SELECT '" + "x".repeat(size) + pick("'", "", "\\");
            case 1 -> "SELECT " + "9".repeat(size);
            case 2 -> "SELECT 0x" + "F".repeat(size);
            case 3 -> "SELECT 1" + pick("e", "e-", ".") + "9".repeat(size);
            case 4 -> "SELECT " + "i".repeat(size) + " FROM c";
            case 5 -> "SELECT * FROM c WHERE a IN (" + "1,".repeat(size / 20) + "1)";
            case 6 -> "SELECT /* " + "c".repeat(size) + pick(" */ 1", "");
            case 7 -> "SELECT a" + ".b".repeat(size / 100) + " FROM c";
            default ->
                "SELECT * FROM c WHERE a = 1" + pick(" OR a = 1", " AND b = 2").repeat(size / 60);
        };
    }

    private String pattern() {
        StringBuilder pattern = new StringBuilder();
        int pieces = 1 + below(30);
        for (int i = 0; i < pieces; i++) {
            pattern.append(pick(PATTERN_PIECES));
        }
        String subject = "'" + "a".repeat(1 + below(3_000)) + pick("", "b") + "'";
        return "SELECT "
                + switch (below(4)) {
                    case 0 -> subject + " LIKE '" + pattern + "'";
                    case 1 -> subject + " ILIKE '" + pattern + "' ESCAPE '!'";
                    case 2 -> subject + " SIMILAR TO '" + pattern + "'";
                    default -> "regexp_like(" + subject + ", '" + pattern + "')";
                };
    }

    /** A statement with a few characters or pieces lost, doubled, changed or put elsewhere. */
    private String broken(String statement) {
        StringBuilder text = new StringBuilder(statement);
        int changes = 1 + below(4);
        for (int i = 0; i < changes && !text.isEmpty(); i++) {
            int from = below(text.length());
            int to = Math.min(text.length(), from + 1 + below(maybe(4) ? 40 : 3));
            String piece = text.substring(from, to);
            switch (below(5)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(to, piece);
                case 2 -> text.replace(from, to, pick(TOKENS));
                case 3 -> text.insert(below(text.length()), piece);
                default -> text.setLength(to);
            }
        }
        return text.toString();
    }
}
