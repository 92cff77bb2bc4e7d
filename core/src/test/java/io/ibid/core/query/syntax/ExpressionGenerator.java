package io.ibid.core.query.syntax;

import java.util.List;
import java.util.Random;

/** Writes random expressions by the grammar, with odd layout; what it writes parses. */
class ExpressionGenerator {
    static final List<String> NAMES = List.of(
            "a",
            "b",
            "color",
            "`a b`",
            "`x``y`",
            "value",
            "date",
            "array_",
            "count",
            "text",
            "_id",
            "documents",
            "`select`",
            "z9");
    private static final List<String> BINARY = List.of(
            "*", "/", "%", "+", "-", "||", "<<", ">>", "=", "==", "!=", "<>", "<", "<=", ">", ">=", "AND", "or", "XOR");
    private static final List<String> FUNCTIONS = List.of("lower", "CONTAINS", "substr", "coalesce", "`trim`", "type");
    private static final List<String> AGGREGATES = List.of("COUNT", "sum", "AVG", "min", "MAX", "median", "MID");

    final Random random;
    final StringBuilder out = new StringBuilder();

    ExpressionGenerator(long seed) {
        random = new Random(seed);
    }

    final boolean maybe(int chances) {
        return random.nextInt(chances) == 0;
    }

    final void word(String word) {
        out.append(word)
                .append(
                        switch (random.nextInt(20)) {
                            case 0 -> "\n";
                            case 1 -> "\t ";
                            case 2 -> " /* c */ ";
                            case 3 -> " -- c\n";
                            default -> " ";
                        });
    }

    final void words(String... words) {
        for (String word : words) {
            word(word);
        }
    }

    final String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    final void path() {
        word(pick(NAMES));
        while (maybe(3)) {
            word(".");
            word(pick(NAMES));
        }
    }

    final boolean comma() {
        word(",");
        return true;
    }

    final void anyExpression(int depth) {
        if (depth <= 0) {
            leaf();
            return;
        }
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> {
                anyExpression(depth - 1);
                word(pick(BINARY));
                anyExpression(depth - 1);
            }
            case 5 -> {
                word("(");
                anyExpression(depth - 1);
                word(")");
                if (maybe(3)) {
                    word(maybe(2) ? ".x" : "[-1]");
                }
            }
            case 6 -> {
                word(maybe(2) ? "NOT" : "-");
                anyExpression(depth - 1);
            }
            case 7 -> {
                leaf();
                word(List.of("IS NULL", "IS NOT MISSING", "is unknown").get(random.nextInt(3)));
            }
            case 8 -> {
                leaf();
                word(maybe(2) ? "IN (" : "NOT IN (");
                anyExpression(depth - 1);
                word(",");
                anyExpression(depth - 1);
                word(")");
            }
            case 9 -> {
                leaf();
                words("IN", maybe(2) ? ":list" : "[1, 'x'] || f");
            }
            case 10 -> {
                leaf();
                word("BETWEEN");
                leaf();
                word("AND");
                leaf();
            }
            case 11 -> {
                leaf();
                word(List.of("LIKE", "NOT ILIKE", "SIMILAR TO").get(random.nextInt(3)));
                words("'a%'", maybe(3) ? "ESCAPE '!'" : "");
            }
            case 12 -> {
                word(pick(FUNCTIONS));
                word("(");
                anyExpression(depth - 1);
                word(",");
                anyExpression(depth - 1);
                word(")");
            }
            case 13 -> {
                word(pick(AGGREGATES));
                word("(");
                word(maybe(3) ? "DISTINCT" : "");
                anyExpression(depth - 1);
                word(")");
            }
            case 14 -> {
                word("CASE");
                if (maybe(2)) {
                    leaf();
                }
                word("WHEN");
                anyExpression(depth - 1);
                word("THEN");
                leaf();
                if (maybe(2)) {
                    word("ELSE");
                    leaf();
                }
                word("END");
            }
            case 15 -> {
                word(List.of("ANY", "EVERY", "ANY AND EVERY").get(random.nextInt(3)));
                word(maybe(3) ? "i : v" : "v");
                word(maybe(3) ? "WITHIN" : "IN");
                anyExpression(depth - 1);
                word("SATISFIES");
                anyExpression(depth - 1);
                word("END");
            }
            case 16 -> {
                word(maybe(2) ? "ARRAY v" : "OBJECT v : 1");
                words("FOR", "v", "IN");
                anyExpression(depth - 1);
                word(maybe(2) ? "WHEN v > 1" : "");
                word("END");
            }
            case 17 -> {
                word("[");
                anyExpression(depth - 1);
                word("]");
                word(maybe(3) ? "[0]" : "");
            }
            case 18 -> {
                word("{");
                words("'k'", ":");
                anyExpression(depth - 1);
                word(",");
                words("\"l\"", ":");
                leaf();
                word("}");
            }
            default -> {
                word("CAST (");
                anyExpression(depth - 1);
                word(maybe(2) ? "AS integer )" : ", 'string' )");
            }
        }
    }

    private void leaf() {
        switch (random.nextInt(8)) {
            case 0 -> word(Integer.toString(random.nextInt(100)));
            case 1 ->
                word(List.of("1.5", "0xFf", "-3", "1e3", "9223372036854775807").get(random.nextInt(5)));
            case 2 ->
                word(List.of("'text'", "\"it's\"", "'\\n\\u00e9\\''", "''").get(random.nextInt(4)));
            case 3 -> word(List.of("TRUE", "false", "Null", "MISSING").get(random.nextInt(4)));
            case 4 -> word(List.of(":p", ":limit", ":_x1").get(random.nextInt(3)));
            case 5 -> word("COUNT(*)");
            default -> path();
        }
    }
}
