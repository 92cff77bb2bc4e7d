package io.ibid.core.query.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes SELECTs that join the collections {@code c}, {@code d} and {@code e}, and knows which indexes each joined term needs. */
public final class JoinGenerator extends ExpressionGenerator {
    /** The field {@code ref} often holds the id of another document; {@code color}, {@code size} and {@code kind} are in one collection each. */
    public static final List<String> FIELDS = List.of("ref", "ref", "a", "b", "n", "a.b");

    private static final List<String> COLLECTIONS = List.of("c", "d", "e");
    private static final List<String> ALIASES = List.of("x", "y", "z");
    private static final List<String> LITERALS = List.of("1", "2", "2.0", "'x'", "'1'", "true", "NULL", "0", "[1, 2]");
    private static final List<String> COMPARISONS = List.of("=", "=", "=", "<", "<=", ">", ">=", "!=");

    private final List<Term> terms = new ArrayList<>();

    public JoinGenerator(long seed) {
        super(seed);
    }

    /**
     * A FROM term in the order in which they are looked up.
     *
     * @param ways each of them suffices: indexes led by all of these fields, none for a lookup of ids
     */
    public record Term(String alias, String collection, boolean inner, List<List<String>> ways) {}

    public record Statement(String text, List<Term> terms) {}

    /** Keys for CREATE INDEX: {@code (a, b DESC)}. */
    public List<String> keys() {
        List<String> paths = new ArrayList<>();
        do {
            String path = pick(FIELDS);
            if (!paths.contains(path)) {
                paths.add(path);
            }
        } while (maybe(2) && paths.size() < 3);
        return paths;
    }

    public Statement select() {
        int count = maybe(3) ? 3 : 2;
        boolean right = maybe(5);
        StringBuilder from = new StringBuilder();
        for (int i = 0; i < count; i++) {
            boolean outer = i > 0 && maybe(2);
            terms.add(new Term(ALIASES.get(i), pick(COLLECTIONS), !outer && !(i == 1 && right), new ArrayList<>()));
        }
        // The written order, and that of the lookups: a RIGHT JOIN turns the first two round.
        List<Term> written = List.copyOf(terms);
        if (right) {
            terms.set(0, written.get(1));
            terms.set(1, new Term(written.get(0).alias, written.get(0).collection, false, new ArrayList<>()));
        }
        for (int i = 0; i < count; i++) {
            Term term = written.get(i);
            if (i > 0) {
                from.append(i == 1 && right ? " RIGHT JOIN " : term.inner ? " JOIN " : " LEFT JOIN ");
            }
            from.append(term.collection).append(maybe(2) ? " AS " : " ").append(term.alias);
            int looked = right && i < 2 ? 1 - i : i;
            if (looked > 0 && maybe(10)) {
                from.append(maybe(2) ? " USE INDEX ''" : " USE IDS 1, '2', 3.0, 'none'");
                terms.get(looked).ways.add(List.of());
            }
            if (i > 0) {
                from.append(" ON ").append(on(right && i == 1 ? 1 : i));
            }
        }
        String where = where();
        String directive =
                pick(List.of("", "", "", "", "/*+ {\"#max_inlist\": 1} */ ", "/*+ {\"#max_serial_ranges\": 1} */ "));
        return new Statement(directive + head() + " FROM " + from + where + tail(), List.copyOf(terms));
    }

    private String selected = "";

    private String head() {
        selected = pick(List.of(
                "*",
                "*",
                "_id",
                "x.*",
                "x.*, y.n AS m",
                "y.*, x.*",
                "x.a AS p, y.b AS q, _id.x AS i",
                "DISTINCT x.a",
                "COUNT(*) AS k, SUM(y.n) AS s",
                "x.a, COUNT(y._id) AS k, MAX(x.ref) AS m",
                "x._id AS p, color, y.ref"));
        return "SELECT " + selected;
    }

    private String tail() {
        String tail = "";
        if (selected.startsWith("x.a, COUNT")) {
            tail = " GROUP BY x.a" + (maybe(3) ? " HAVING COUNT(*) > 1" : "") + (maybe(2) ? " ORDER BY k DESC" : "");
        } else if (selected.startsWith("DISTINCT")) {
            tail = maybe(2) ? " ORDER BY x.a DESC" : "";
        } else if (!selected.startsWith("COUNT") && maybe(2)) {
            tail = pick(List.of(
                    " ORDER BY x.a",
                    " ORDER BY x._id DESC",
                    " ORDER BY y.n DESC, x.a",
                    " ORDER BY _id",
                    " ORDER BY x.n + y.n, x._id, y.ref DESC"));
        }
        return tail
                + (maybe(3) ? " LIMIT " + random.nextInt(9) : "")
                + (maybe(5) ? " OFFSET " + random.nextInt(4) : "");
    }

    private String where() {
        if (maybe(3)) {
            return "";
        }
        StringBuilder where = new StringBuilder(" WHERE ");
        int parts = 1 + random.nextInt(2);
        for (int i = 0; i < parts; i++) {
            where.append(i == 0 ? "" : " AND ");
            int number = random.nextInt(terms.size());
            Term term = terms.get(number);
            List<List<String>> ways = term.inner ? term.ways : new ArrayList<>();
            String field = pick(FIELDS);
            switch (random.nextInt(6)) {
                case 0 ->
                    where.append(term.alias)
                            .append("._id IS ")
                            .append(maybe(2) ? "NOT " : "")
                            .append("MISSING");
                case 1 -> {
                    where.append(term.alias + "." + field + " IS NOT MISSING");
                    ways.add(List.of(field));
                }
                case 2 -> where.append("(x.a = 1 OR ").append(term.alias).append(".n > 0 OR y.b IS MISSING)");
                case 3 ->
                    where.append(pick(List.of("color = 1", "size IS MISSING", "kind != 'x'", "nothing IS MISSING")));
                default -> {
                    where.append(term.alias + "." + field + " " + pick(COMPARISONS) + " " + pick(LITERALS));
                    ways.add(List.of(field));
                }
            }
        }
        return where.toString();
    }

    /** A condition for the term that is looked up at that place. */
    private String on(int place) {
        Term term = terms.get(place);
        StringBuilder on = new StringBuilder();
        int parts = 1 + random.nextInt(2) + random.nextInt(2);
        for (int i = 0; i < parts; i++) {
            on.append(i == 0 ? "" : " AND ");
            if (maybe(8)) {
                on.append("NOT (").append(test(term, place, null)).append(')');
            } else {
                on.append(test(term, place, term.ways));
            }
        }
        return on.toString();
    }

    /** @param ways where to say what would lead to the rows */
    private String test(Term term, int place, @Nullable List<List<String>> ways) {
        List<List<String>> found = ways == null ? new ArrayList<>() : ways;
        String p = term.alias + ".";
        Term earlier = terms.get(random.nextInt(place));
        String q = earlier.alias + ".";
        String field = pick(FIELDS);
        String other = pick(FIELDS);
        if (ways == null) {
            return maybe(2) ? "lower(" + p + field + ") = " + q + other : p + field + " = " + p + "n";
        }
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> {
                found.add(List.of("ref"));
                return maybe(2) ? p + "ref = " + q + "_id" : q + "_id = " + p + "ref";
            }
            case 4, 5 -> {
                found.add(List.of());
                return p + "_id = " + q + pick(List.of("ref", "n", "_id"));
            }
            case 6 -> {
                found.add(List.of());
                return p + "_id IN " + pick(List.of("[" + q + "ref, 1, 2.0]", "(" + q + "n, '1')", q + "b"));
            }
            case 7, 8, 9 -> {
                found.add(List.of(field));
                return maybe(2)
                        ? p + field + " " + pick(COMPARISONS) + " " + q + other
                        : q + other + " " + pick(COMPARISONS) + " " + p + field;
            }
            case 10 -> {
                found.add(List.of(field));
                return p + field + " BETWEEN " + q + other + " AND " + pick(LITERALS);
            }
            case 11 -> {
                found.add(List.of(field));
                return p + field + " IN "
                        + pick(List.of("[" + q + other + ", 'x', 2]", "(1, " + q + other + ")", q + "b"));
            }
            case 12, 13 -> {
                String third = pick(FIELDS);
                found.add(List.of(field, third));
                return "(" + p + field + " = " + q + other + " OR " + p + third + " = " + pick(LITERALS) + ")";
            }
            case 14 -> {
                found.add(List.of(field));
                return "(" + p + field + " = " + q + other + " OR " + p + "_id = " + q + "ref)";
            }
            case 15 -> {
                found.add(List.of(field));
                return p + field + pick(List.of(" IS NULL", " IS MISSING", " IS NOT MISSING", " LIKE 'x%'", " = 1"));
            }
            case 16 -> {
                if (term.inner && earlier.inner) {
                    earlier.ways.add(List.of(other));
                }
                return q + other + " " + pick(COMPARISONS) + " " + pick(LITERALS);
            }
            case 17 -> {
                found.add(List.of(field));
                return "NOT (" + p + field + " != " + q + other + ")";
            }
            case 18 -> {
                return pick(List.of("color", "size", "kind")) + " = " + q + other;
            }
            default -> {
                return pick(List.of(
                        p + "n + 1 > " + q + other,
                        "ANY v IN " + p + "b SATISFIES v = " + q + "n END",
                        "type(" + p + field + ") = type(" + q + other + ")"));
            }
        }
    }
}
