package io.ibid.core.query;

import java.util.ArrayList;
import java.util.List;

/**
 * Random expressions of every form over the documents of {@link OracleStore}. They mostly make sense: an operand is of the type that
 * its operator wants, but for one in eight, which is of any.
 */
class ExpressionCases extends Dice {
    static final String KINDS = "BNTAOD";
    private static final List<String> NUMBERS =
            List.of("1", "2", "2.5", "-7", "0", "3", "1e3", "0x0F", "9223372036854775807", "1.0", "-0.5E-1");
    private static final List<String> TEXTS = List.of(
            "'x'", "'xy'", "''", "\"it's\"", "'%y'", "'\\u00e9\\n\\''", "' x y '", "'\\ud83d\\ude00'", "'\\q\\/'");
    private static final List<String> DATES = List.of(
            "'2026-03-15T10:30:45.123Z'",
            "'2024-02-29T23:59:59-05:30'",
            "'2026-01-31T00:00+09'",
            "'2026-03-15T10:30:45'",
            "1773570645123",
            "0",
            "-1.0");
    private static final List<String> LIKES = List.of(
            "'x%'",
            "'%y'",
            "'_'",
            "'x_%'",
            "'%'",
            "''",
            "'!%%' ESCAPE '!'",
            "'x\\\\%%'",
            "'%e%' ESCAPE 'e'",
            "p",
            "'\\u00c9%'");
    private static final List<String> SIMILARS = List.of(
            "'x%'",
            "'(x|xy)'", "'[a-z]+'", "'x{1}'", "'x?y*'", "'%(b|y)%'", "'x.y'", "'\\\\%y'", "'!(%' ESCAPE '!'", "p");

    private final List<String> variables = new ArrayList<>();
    /** How the collection is called in paths. */
    String alias = "c";

    /** Whether {@code siblings} may be asked for, which tells times and authors of a real store. */
    boolean withSiblings = true;

    ExpressionCases(long seed) {
        super(seed);
    }

    private char anyKind() {
        return KINDS.charAt(below(KINDS.length()));
    }

    final String expression(int depth) {
        return expression(anyKind(), depth);
    }

    /** An operand: in parentheses unless it is an atom, and sometimes of another type than asked for. */
    final String operand(char kind, int depth) {
        char given = maybe(8) ? anyKind() : kind;
        if (depth <= 0 || maybe(4)) {
            return leaf(given);
        }
        return "(" + GAP + expression(given, depth - 1) + GAP + ")";
    }

    final String expression(char kind, int depth) {
        if (depth <= 0) {
            return leaf(kind);
        }
        return switch (below(10)) {
            case 0 -> leaf(kind);
            case 1, 2, 3, 4 -> call(kind, depth);
            case 5 -> choice(kind, depth);
            case 6 -> navigated(depth);
            default ->
                switch (kind) {
                    case 'B' -> condition(depth);
                    case 'N' -> number(depth);
                    case 'T' -> text(depth);
                    case 'A' -> array(depth);
                    case 'O' -> object(depth);
                    default -> call('D', depth);
                };
        };
    }

    // ---- leaves

    final String leaf(char kind) {
        return switch (below(12)) {
            case 0, 1, 2, 3 -> field(kind);
            case 4, 5, 6 -> literal(kind);
            case 7, 8 -> parameter(kind);
            case 9 -> variables.isEmpty() ? field(kind) : pick(variables);
            case 10 -> variables.isEmpty() ? literal(kind) : pick(variables) + pick("", ".b", ".a");
            default -> pick("NULL", "MISSING", "null", "a", "b", "nothing");
        };
    }

    private String field(char kind) {
        String field = switch (kind) {
            case 'B' -> pick("f", "f", "a");
            case 'N' -> pick("n", "n", "i", "b.a[0]", "l[1]", "o.n");
            case 'T' -> pick("s", "s", "color", "p", "o.s", "_id", "`a b`");
            case 'A' -> pick("l", "l", "b.a", "o.`x``y`");
            case 'O' -> pick("o", "o", "b", "o.o", "a", "_id", alias);
            default -> pick("d", "d", "l[-1]");
        };
        boolean qualified = !field.startsWith("`") && !field.equals(alias) && maybe(4);
        return qualified ? spelled("qualified path", alias + pick(".", GAP + "." + GAP)) + field : field;
    }

    private String literal(char kind) {
        return switch (kind) {
            case 'B' -> keyword(pick("TRUE", "FALSE"));
            case 'N' -> spelledNumber(pick(NUMBERS));
            case 'T' -> spelledText(pick(TEXTS));
            case 'A' -> pick("[1, 2]", "[]", "['x', NULL, 2.5]", "[[1], {'a': MISSING}]");
            case 'O' -> pick("{'b': 1}", "{}", "{'a': {'b': 'x'}, \"b\": [1]}", "{s: 1, 'a': 2}");
            default -> pick(DATES);
        };
    }

    private String spelledNumber(String number) {
        if (number.startsWith("0x")) {
            return spelled("hexadecimal number", number);
        }
        return number.matches(".*[eE].*") ? spelled("exponent", number) : number;
    }

    private String spelledText(String text) {
        if (text.startsWith("\"")) {
            return spelled("text in double quotes", text);
        }
        return text.contains("\\") ? spelled("escape in a text", text) : text;
    }

    private String parameter(char kind) {
        return switch (kind) {
            case 'B' -> pick(":yes", ":none");
            case 'N' -> pick(":one", ":half");
            case 'T' -> pick(":x", ":end", ":binary");
            case 'A' -> ":list";
            case 'O' -> ":object";
            default -> ":date";
        };
    }

    final String argument(char letter, int depth) {
        List<String> words = FunctionCalls.WORDS.get(letter);
        if (words != null) {
            return maybe(10) ? letter == 'G' || letter == 'R' ? pick("p", "a") : leaf('T') : pick(words);
        }
        return switch (letter) {
            case 'X' -> operand(anyKind(), depth);
            case 'I' -> maybe(4) ? leaf('N') : pick("0", "1", "2", "3", "12", "-1", "-2", "2.0", "1.5");
            default -> operand(letter, depth);
        };
    }

    // ---- by type of the result

    private String call(char kind, int depth) {
        String name = pick(maybe(3) ? FunctionCalls.names() : FunctionCalls.names(kind));
        if (kind == 'T' && maybe(8)) {
            return spelled("TRIM form", keyword("TRIM"))
                    + "("
                    + join(
                            pick("", "BOTH", "LEADING", "TRAILING"),
                            pick("", "'x'", "s"),
                            "FROM",
                            operand('T', depth - 1))
                    + ")";
        }
        if (kind == 'N' && maybe(8)) {
            return spelled("POSITION form", "POSITION")
                    + "("
                    + join(operand('T', depth - 1), "IN", operand('T', depth - 1))
                    + ")";
        }
        if (kind == 'A' && withSiblings && maybe(20)) {
            return "siblings(" + pick("n", "o", "s", "o.n", "nothing") + ")";
        }
        if (kind == 'T' && maybe(8) || maybe(30)) {
            String type = pick("string", "integer", "float", "boolean", "binary");
            return maybe(3)
                    ? spelled("cast with a text", "cast(") + operand(anyKind(), depth - 1) + ", '" + type + "')"
                    : "CAST(" + join(operand(anyKind(), depth - 1), "AS", type) + ")";
        }
        return FunctionCalls.call(this, name, letter -> argument(letter, depth - 1));
    }

    private String condition(int depth) {
        switch (below(10)) {
            case 0, 1 -> {
                char kind = anyKind();
                return join(
                        operand(kind, depth - 1),
                        pick("=", "==", "!=", "<>", "<", "<=", ">", ">="),
                        operand(kind, depth - 1));
            }
            case 2, 3 -> {
                String operator = keyword(pick("AND", "OR", "XOR"));
                List<String> operands = new ArrayList<>();
                int count = 2 + below(2);
                for (int i = 0; i < count; i++) {
                    operands.add(operand('B', depth - 1));
                }
                return String.join(GAP + operator + GAP, operands);
            }
            case 4 -> {
                return join(keyword("NOT"), operand('B', depth - 1));
            }
            case 5 -> {
                return join(
                        operand(anyKind(), depth - 1),
                        keyword(pick(
                                "IS NULL",
                                "IS NOT NULL",
                                "IS MISSING",
                                "IS NOT MISSING",
                                "IS UNKNOWN",
                                "IS NOT UNKNOWN")));
            }
            case 6 -> {
                return membership(depth);
            }
            case 7 -> {
                char kind = pick(List.of('N', 'T', 'N', 'A'));
                return join(
                        operand(kind, depth - 1),
                        maybe(3) ? "NOT" : "",
                        keyword("BETWEEN"),
                        operand(kind, depth - 1),
                        "AND",
                        operand(kind, depth - 1));
            }
            case 8 -> {
                String operator = pick("LIKE", "ILIKE", "SIMILAR TO");
                String pattern = operator.startsWith("S") ? pick(SIMILARS) : pick(LIKES);
                return join(operand('T', depth - 1), maybe(3) ? "NOT" : "", keyword(operator), pattern);
            }
            default -> {
                return quantified(depth);
            }
        }
    }

    private String membership(int depth) {
        String x = operand(anyKind(), depth - 1);
        String in = maybe(3) ? "NOT" + GAP + "IN" : "IN";
        return switch (below(3)) {
            case 0 -> join(x, in, operand('A', depth - 1));
            case 1 -> join(x, in, "(", operand(anyKind(), depth - 1), ")");
            default -> join(x, in, "(", operand(anyKind(), 0), ",", operand('N', 0), ",", operand('T', 0), ")");
        };
    }

    private String loop(int depth) {
        String source = operand(pick(List.of('A', 'A', 'O')), depth - 1);
        String variable = pick("v", "v", "w", "a");
        boolean indexed = maybe(3);
        variables.add(variable);
        if (indexed) {
            variables.add("k");
        }
        return join(indexed ? pick("k:", "k : ") + variable : variable, keyword(maybe(4) ? "WITHIN" : "IN"), source);
    }

    private void endLoop(int before) {
        while (variables.size() > before) {
            variables.removeLast();
        }
    }

    private String quantified(int depth) {
        int before = variables.size();
        String quantifier = keyword(pick("ANY", "EVERY", "ANY AND EVERY"));
        String loop = loop(depth);
        String condition = expression('B', Math.min(2, depth - 1));
        endLoop(before);
        return join(quantifier, loop, "SATISFIES", condition, "END");
    }

    private String number(int depth) {
        return switch (below(8)) {
            case 0 -> join("-", operand('N', depth - 1));
            case 1 -> join(operand('N', depth - 1), pick("<<", ">>"), pick("1", "3", "64", "n", "0"));
            default -> join(operand('N', depth - 1), pick("+", "-", "*", "/", "%"), operand('N', depth - 1));
        };
    }

    private String text(int depth) {
        return join(operand('T', depth - 1), "||", operand('T', depth - 1));
    }

    private String array(int depth) {
        if (maybe(2)) {
            List<String> elements = new ArrayList<>();
            int count = below(4);
            for (int i = 0; i < count; i++) {
                elements.add(expression(anyKind(), depth - 1));
            }
            return "[" + String.join("," + GAP, elements) + "]";
        }
        int before = variables.size();
        String loop = loop(depth);
        String element = expression(anyKind(), Math.min(2, depth - 1));
        String when = maybe(2) ? join("WHEN", expression('B', 1)) : "";
        endLoop(before);
        return join("ARRAY", "(", element, ")", "FOR", loop, when, "END");
    }

    private String object(int depth) {
        if (maybe(2)) {
            List<String> pairs = new ArrayList<>();
            int count = below(4);
            for (int i = 0; i < count; i++) {
                String key = pick("'a'", "\"b\"", "'a b'", "(s)", "('k' || s)", "color");
                pairs.add(key + pick(":", " : ") + expression(anyKind(), depth - 1));
            }
            return "{" + String.join("," + GAP, pairs) + "}";
        }
        int before = variables.size();
        String loop = loop(depth);
        String key = pick("cast(v AS string)", "'k'", "(s)", "type(v)", "cast(k AS string)");
        String value = expression(anyKind(), Math.min(2, depth - 1));
        String when = maybe(2) ? join("WHEN", expression('B', 1)) : "";
        endLoop(before);
        return join("OBJECT", key, ":", "(", value, ")", "FOR", loop, when, "END");
    }

    private String choice(char kind, int depth) {
        List<String> parts = new ArrayList<>();
        boolean simple = maybe(2);
        parts.add(keyword("CASE"));
        parts.add(simple ? operand('N', depth - 1) : "");
        int branches = 1 + below(2);
        for (int i = 0; i < branches; i++) {
            parts.add(join(keyword("WHEN"), operand(simple ? 'N' : 'B', depth - 1), "THEN", operand(kind, depth - 1)));
        }
        parts.add(maybe(2) ? join("ELSE", operand(kind, depth - 1)) : "");
        parts.add("END");
        return join(parts.toArray());
    }

    private String navigated(int depth) {
        return maybe(2)
                ? join("(", expression('O', depth - 1), ")", ".", pick("a", "b", "`a b`"))
                : join("(", expression('A', depth - 1), ")", pick("[0]", "[1]", "[-1]", "[- 2]", "[7]"));
    }
}
