package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which way to its rows a statement takes. Each line has a statement and the operators of its plan. */
class AccessPathTest {
    private final Dql dql = new Dql();

    @BeforeEach
    void fill() {
        dql.with("cars", """
                [{"_id":"1","color":"blue","year":2001,"price":5,"tags":["x"]},
                 {"_id":"2","color":"red","year":1999,"price":7,"owner":{"name":"Ann"}},
                 {"_id":"3","color":"red","year":null,"price":9.5},
                 {"_id":"4","color":"green","price":1,"sold":true},
                 {"_id":"5","year":2020,"price":3,"sold":false}]""");
        dql.run("CREATE INDEX color ON cars (color)");
        dql.run("CREATE INDEX price_color ON cars (price DESC, color)");
        dql.run("CREATE INDEX year ON cars (year)");
        dql.run("CREATE INDEX owner ON cars (owner.name)");
        dql.run("CREATE INDEX sold ON cars (sold)");
    }

    private void plans(String table) {
        Table.check(table, this::plan);
    }

    /** The operators, an index scan with its spans: {@code color("red".."red")}. */
    private String plan(String statement) {
        return operators(PlanJson.children(dql, statement));
    }

    private static String operators(List<Value.Struct> tree) {
        List<String> names = new ArrayList<>();
        for (Value.Struct operator : tree) {
            String name = ((Value.Text) operator.get("#operator")).value();
            names.add(
                    switch (name) {
                        case "indexScan" -> indexScan(operator);
                        case "scan" -> scan(operator);
                        case "unionScan", "intersectScan" ->
                            name + "{" + operators(PlanJson.structs(operator.get("children"))) + "}";
                        case "filter" ->
                            "filter " + text(operator.get("condition")).replace("`cars`.", "");
                        default -> name;
                    });
        }
        return String.join(" | ", names);
    }

    private static String indexScan(Value.Struct operator) {
        Value.Struct desc = (Value.Struct) operator.get("desc");
        String covering = operator.get("covering").equals(Value.TRUE) ? "covering " : "";
        return reverse(desc) + covering + text(desc.get("index")) + spans(desc);
    }

    /** A part of a scan, or one backwards: {@code reverse scan ("1"..)}. */
    private static String scan(Value.Struct operator) {
        Value.Struct descriptor = (Value.Struct) operator.get("descriptor");
        return reverse(descriptor) + "scan" + (descriptor.get("spans") instanceof Value.Array ? spans(descriptor) : "");
    }

    private static String reverse(Value.Struct of) {
        return of.get("reverse").equals(Value.TRUE) ? "reverse " : "";
    }

    private static String spans(Value.Struct of) {
        StringBuilder text = new StringBuilder();
        for (Value.Struct span : PlanJson.structs(of.get("spans"))) {
            Value.Struct range = (Value.Struct) span.get("range");
            text.append(bound(range.get("low"), "[", "(")).append("..").append(bound(range.get("high"), "]", ")"));
        }
        return text.toString();
    }

    private static String bound(Value bound, String included, String excluded) {
        boolean low = included.equals("[");
        if (!(bound instanceof Value.Struct struct)) {
            return low ? " (" : ")";
        }
        String expression = text(struct.get("expr"));
        String bracket = struct.get("included").equals(Value.TRUE) ? included : excluded;
        return low ? " " + bracket + expression : expression + bracket;
    }

    /** The ids of the rows, in their order. */
    private String ids(String select) {
        return dql.run(select)
                .lines()
                .map(row -> text(((Value.Struct) Json.parse(row)).get("_id")))
                .collect(Collectors.joining(" "));
    }

    private static String text(Value value) {
        return ((Value.Text) value).value();
    }

    @Test
    void a_condition_on_the_first_key_becomes_spans() {
        plans("""
                SELECT * FROM cars WHERE color = 'red' => color ["red".."red"] | fetch | finalProjection
                SELECT * FROM cars WHERE 'red' = color => color ["red".."red"] | fetch | finalProjection
                SELECT * FROM cars WHERE color IN ('red', 'blue', 'red') => color ["blue".."blue"] ["red".."red"] | fetch | finalProjection
                SELECT * FROM cars WHERE color IN ['x', NULL] => color ["x".."x"] | fetch | finalProjection
                SELECT * FROM cars WHERE year < 2000 => year (..2000) | fetch | finalProjection
                SELECT * FROM cars WHERE 2000 <= year => year [2000..) | fetch | finalProjection
                SELECT * FROM cars WHERE year BETWEEN 2000 AND 2010 => year [2000..2010] | fetch | finalProjection
                SELECT * FROM cars WHERE year > 2000 AND year <= 2010 => year (2000..2010] | fetch | finalProjection
                SELECT * FROM cars WHERE year > 2010 AND year < 2000 => year | fetch | finalProjection
                SELECT * FROM cars WHERE year IS NULL => year [NULL..NULL] | fetch | finalProjection
                SELECT * FROM cars WHERE year IS MISSING => year [MISSING..MISSING] | fetch | finalProjection
                SELECT * FROM cars WHERE year IS NOT MISSING => year (..MISSING) | fetch | finalProjection
                SELECT * FROM cars WHERE color != 'red' => color (.."red") ("red"..) | fetch | finalProjection
                SELECT * FROM cars WHERE NOT (color = 'red') => color (.."red") ("red"..) | fetch | finalProjection
                SELECT * FROM cars WHERE year NOT BETWEEN 2000 AND 2010 => year (..2000) (2010..) | fetch | finalProjection
                SELECT * FROM cars WHERE owner.name = 'Ann' => owner ["Ann".."Ann"] | fetch | finalProjection
                SELECT * FROM cars WHERE sold => sold [TRUE..TRUE] | fetch | finalProjection
                SELECT * FROM cars WHERE NOT sold => sold [FALSE..FALSE] | fetch | finalProjection
                SELECT * FROM cars WHERE year = NULL => year | fetch | finalProjection
                """);
    }

    @Test
    void a_pattern_that_begins_with_text_is_a_range() {
        plans("""
                SELECT * FROM cars WHERE color LIKE 'bl%' => color ["bl".."bm") | fetch | finalProjection
                SELECT * FROM cars WHERE color LIKE 'blue' => color ["blue".."blue"] | fetch | finalProjection
                SELECT * FROM cars WHERE color LIKE 'b%e' => color ["b".."c") | fetch | filter (`color` LIKE "b%e") | finalProjection
                SELECT * FROM cars WHERE color LIKE '100!%%' ESCAPE '!' => color ["100%".."100&") | fetch | finalProjection
                """);
    }

    @Test
    void what_an_index_cannot_serve_is_filtered() {
        plans("""
                SELECT * FROM cars WHERE lower(color) = 'red' => scan | filter (`lower`(`color`) = "red") | finalProjection
                SELECT * FROM cars WHERE color ILIKE 'r%' => scan | filter (`color` ILIKE "r%") | finalProjection
                SELECT * FROM cars WHERE 'x' IN tags => scan | filter ("x" IN `tags`) | finalProjection
                SELECT * FROM cars WHERE color = owner => scan | filter (`color` = `owner`) | finalProjection
                SELECT * FROM cars WHERE color = 'red' AND tags IS MISSING => color ["red".."red"] | fetch | filter (`tags` IS MISSING) | finalProjection
                SELECT * FROM cars WHERE color = 'red' OR tags IS MISSING => scan | filter ((`color` = "red") OR (`tags` IS MISSING)) | finalProjection
                """);
    }

    @Test
    void keys_are_used_as_long_as_they_have_single_values() {
        plans("""
                SELECT * FROM cars WHERE price = 7 AND color = 'red' => price_color [7..7] ["red".."red"] | fetch | finalProjection
                SELECT * FROM cars WHERE price = 7 AND color > 'a' => price_color [7..7] ("a"..) | fetch | finalProjection
                SELECT * FROM cars WHERE price IN (7, 5) => price_color [7..7] [5..5] | fetch | finalProjection
                SELECT * FROM cars USE INDEX 'price_color' WHERE price > 4 AND color = 'red' => price_color (4..) | fetch | filter (`color` = "red") | finalProjection
                """);
    }

    @Test
    void an_order_comes_from_an_index_in_either_direction() {
        plans("""
                SELECT * FROM cars ORDER BY year LIMIT 2 => year (..) | fetch | limit | finalProjection
                SELECT * FROM cars ORDER BY year DESC LIMIT 2 => reverse year (..) | fetch | limit | finalProjection
                SELECT * FROM cars ORDER BY price DESC, color LIMIT 2 => price_color (..) | fetch | limit | finalProjection
                SELECT * FROM cars ORDER BY price, color DESC LIMIT 2 => reverse price_color (..) | fetch | limit | finalProjection
                SELECT * FROM cars WHERE price = 7 ORDER BY color DESC => reverse price_color [7..7] | fetch | finalProjection
                SELECT * FROM cars WHERE price = 7 ORDER BY price, color, _id => price_color [7..7] | fetch | finalProjection
                SELECT * FROM cars WHERE price > 4 ORDER BY price => reverse price_color (4..) | fetch | finalProjection
                SELECT * FROM cars ORDER BY year, _id LIMIT 1 => year (..) | fetch | limit | finalProjection
                SELECT * FROM cars ORDER BY _id LIMIT 1 => scan | limit | finalProjection
                SELECT * FROM cars WHERE price = 7 ORDER BY color, price DESC, year => price_color [7..7] | fetch | sort | finalProjection
                SELECT * FROM cars WHERE color = 'red' ORDER BY price DESC => color ["red".."red"] | fetch | sort | finalProjection
                """);
    }

    @Test
    void an_or_is_a_union_when_all_of_it_is_indexed() {
        plans("""
                SELECT * FROM cars WHERE color = 'red' OR year = 2001 => unionScan{color ["red".."red"] | year [2001..2001]} | fetch | finalProjection
                SELECT * FROM cars WHERE color = 'red' OR _id = '1' => unionScan{color ["red".."red"] | idScan} | fetch | finalProjection
                SELECT * FROM cars WHERE color = 'red' OR color = 'blue' OR color > 'x' => color ["blue".."blue"] ["red".."red"] ("x"..) | fetch | finalProjection
                SELECT * FROM cars WHERE (color = 'red' OR year = 2001) AND tags IS MISSING => unionScan{color ["red".."red"] | year [2001..2001]} | fetch | filter (`tags` IS MISSING) | finalProjection
                SELECT * FROM cars WHERE (color = 'red' OR year = 2001) AND price = 7 => price_color [7..7] | fetch | filter ((`color` = "red") OR (`year` = 2001)) | finalProjection
                """);
    }

    @Test
    void entries_answer_what_asks_for_nothing_else() {
        plans("""
                SELECT color FROM cars WHERE color = 'red' => covering color ["red".."red"] | projection | finalProjection
                SELECT _id, color FROM cars WHERE color > 'a' => covering color ("a"..) | projection | finalProjection
                SELECT color FROM cars WHERE price = 7 => covering price_color [7..7] | projection | finalProjection
                SELECT color, year FROM cars WHERE color = 'red' => color ["red".."red"] | fetch | projection | finalProjection
                SELECT COUNT(*) FROM cars WHERE color = 'red' => covering color ["red".."red"] | aggregate | projection | finalProjection
                SELECT COUNT(*) FROM cars WHERE lower(color) = 'red' => covering color (..) | filter (`lower`(`color`) = "red") | aggregate | projection | finalProjection
                SELECT color, COUNT(*) FROM cars GROUP BY color => covering color (..) | aggregate | projection | finalProjection
                SELECT COUNT(*) FROM cars => countScan | projection | finalProjection
                SELECT owner.name.x FROM cars WHERE owner.name = 'Ann' => covering owner ["Ann".."Ann"] | projection | finalProjection
                DELETE FROM cars WHERE color = 'red' => covering color ["red".."red"] | delete
                EVICT FROM cars WHERE year < 2000 => covering year (..2000) | evict
                UPDATE cars SET sold = true WHERE color = 'red' => covering color ["red".."red"] | update
                UPDATE cars SET sold = tags WHERE color = 'red' => color ["red".."red"] | fetch | update
                DELETE FROM cars WHERE color = 'red' RETURNING * => color ["red".."red"] | fetch | delete
                """);
    }

    @Test
    void in_strict_mode_documents_are_read_to_see_what_is_hidden() {
        Dql strict = new Dql().strict();
        strict.with("cars", "[{\"_id\":\"1\",\"color\":{\"a\":1}},{\"_id\":\"2\",\"color\":\"red\"},{\"_id\":\"3\"}]");
        strict.run("CREATE INDEX color ON cars (color)");
        assertThat(operators(PlanJson.children(strict, "SELECT color FROM cars WHERE color IS MISSING")))
                .isEqualTo("color [MISSING..MISSING] | fetch | projection | finalProjection");
        assertThat(strict.run("SELECT _id FROM cars WHERE color IS MISSING"))
                .isEqualTo("{\"_id\":\"1\"}\n{\"_id\":\"3\"}");
        assertThat(strict.run("SELECT _id FROM cars ORDER BY color"))
                .isEqualTo("{\"_id\":\"2\"}\n{\"_id\":\"1\"}\n{\"_id\":\"3\"}");
        assertThat(strict.run("SELECT _id FROM COLLECTION cars (color MAP) WHERE color = {'a': 1}"))
                .isEqualTo("{\"_id\":\"1\"}");
    }

    @Test
    void ids_are_looked_up_whatever_indexes_there_are() {
        plans("""
                SELECT * FROM cars WHERE _id = '1' AND color = 'red' => idScan | fetch | filter (`color` = "red") | finalProjection
                SELECT * FROM cars USE IDS '1', '2' WHERE color = 'red' => idScan | fetch | filter (`color` = "red") | finalProjection
                """);
    }

    @Test
    void a_condition_on_ids_reads_only_these_documents() {
        plans("""
                SELECT * FROM cars WHERE _id > '2' => scan ("2"..) | finalProjection
                SELECT * FROM cars WHERE _id >= '2' AND _id < '4' => scan ["2".."4") | finalProjection
                SELECT * FROM cars WHERE _id BETWEEN '2' AND '3' AND price > 8 AND lower(color) = 'red' => scan ["2".."3"] | filter ((`price` > 8) AND (`lower`(`color`) = "red")) | finalProjection
                SELECT * FROM cars WHERE _id != '2' => scan (.."2") ("2"..) | finalProjection
                SELECT * FROM cars WHERE _id LIKE '2%' => scan ["2".."3") | finalProjection
                SELECT * FROM cars WHERE _id > '9' => scan ("9"..) | finalProjection
                SELECT * FROM cars WHERE _id < '3' OR _id > '4' => scan (.."3") ("4"..) | finalProjection
                UPDATE cars SET price = 1 WHERE _id < '2' => scan (.."2") | update
                DELETE FROM cars WHERE _id < '2' => scan (.."2") | delete
                """);
        assertThat(ids("SELECT _id FROM cars WHERE _id >= '2' AND _id < '4'")).isEqualTo("2 3");
        dql.run("UPDATE cars SET price = 1 WHERE _id < '3'");
        assertThat(ids("SELECT _id FROM cars WHERE price = 1 ORDER BY _id")).isEqualTo("1 2 4");
    }

    @Test
    void documents_are_read_from_the_last_id_on_when_that_is_their_order() {
        plans("""
                SELECT * FROM cars ORDER BY _id DESC => reverse scan | finalProjection
                SELECT * FROM cars ORDER BY _id DESC, price LIMIT 2 => reverse scan | limit | finalProjection
                SELECT * FROM cars WHERE _id < '4' ORDER BY _id DESC LIMIT 1 => reverse scan (.."4") | limit | finalProjection
                SELECT * FROM cars WHERE _id != '4' ORDER BY _id DESC => reverse scan ("4"..) (.."4") | finalProjection
                """);
        assertThat(ids("SELECT _id FROM cars ORDER BY _id DESC LIMIT 2")).isEqualTo("5 4");
        assertThat(ids("SELECT _id FROM cars WHERE _id != '4' ORDER BY _id DESC"))
                .isEqualTo("5 3 2 1");
    }

    @Test
    void an_index_that_has_the_beginning_of_an_order_leaves_only_its_runs_to_be_sorted() {
        for (int i = 100; i < 400; i++) {
            dql.with("cars", "[{\"_id\":\"" + i + "\",\"year\":" + (1900 + i / 3) + ",\"price\":" + i % 7 + "}]");
        }
        String last = "SELECT _id, year FROM cars WHERE year > 0 ORDER BY year DESC, _id LIMIT 5 OFFSET 1";
        assertThat(ids(last)).isEqualTo("396 397 398 393 394");
        assertThat(ids("SELECT _id FROM cars WHERE year > 0 ORDER BY year, price DESC, _id LIMIT 4"))
                .isEqualTo("101 100 104 103");
        assertThat(plan(last)).startsWith("reverse covering year (0..) | sort");
        assertThat(ids(last.replace("LIMIT 5 OFFSET 1", ""))).startsWith("399 396 397 398 393");
    }

    @Test
    void directives_are_followed() {
        plans("""
                /*+ {"#disable_index_scan": true} */ SELECT * FROM cars WHERE color = 'red' => scan | filter (`color` = "red") | finalProjection
                SELECT * FROM cars USE INDEX '' WHERE color = 'red' => scan | filter (`color` = "red") | finalProjection
                SELECT * FROM cars USE INDEX 'year' WHERE color = 'red' AND year > 0 => year (0..) | fetch | filter (`color` = "red") | finalProjection
                SELECT * FROM cars USE DIRECTIVES '{"#index": ["year", "sold"]}' WHERE color = 'red' AND year > 0 => year (0..) | fetch | filter (`color` = "red") | finalProjection
                /*+ {"cars": {"#index": "year"}} */ SELECT * FROM cars WHERE color = 'red' AND year > 0 => year (0..) | fetch | filter (`color` = "red") | finalProjection
                /*+ {"boats": {"#index": "year"}} */ SELECT * FROM cars WHERE color = 'red' AND year > 0 => color ["red".."red"] | fetch | filter (`year` > 0) | finalProjection
                /*+ {"#prefer_order": true} */ SELECT * FROM cars WHERE color = 'red' ORDER BY year => year (..) | fetch | filter (`color` = "red") | finalProjection
                /*+ {"#max_scans": 1} */ SELECT * FROM cars WHERE color = 'red' OR year = 2001 => scan | filter ((`color` = "red") OR (`year` = 2001)) | finalProjection
                /*+ {"#max_inlist": 2} */ SELECT * FROM cars WHERE year IN (1, 2, 3) => year [1..3] | fetch | filter (`year` IN (1, 2, 3)) | finalProjection
                /*+ {"#max_serial_ranges": 1} */ SELECT * FROM cars WHERE color != 'red' => color (..) | fetch | filter (`color` != "red") | finalProjection
                """);
        assertThat(dql.warnings("SELECT * FROM cars USE INDEX (colour, year) WHERE year = 1", "{}"))
                .containsExactly("there is no index colour on cars");
    }

    @Test
    void defaults_of_the_settings_are_overridden_by_the_statement() {
        StatementOptions options =
                new StatementOptions(false, false, io.ibid.core.value.FieldType.REGISTER, true, (Value.Struct)
                        Json.parse("{\"#disable_index_scan\":true}"));
        String condition = " SELECT * FROM cars WHERE color = 'red'";
        assertThat(calls(options, condition)).containsExactly("scan cars", "close");
        assertThat(calls(options, "/*+ {\"#disable_index_scan\": false} */" + condition))
                .first()
                .asString()
                .startsWith("index color");
    }

    private List<String> calls(StatementOptions options, String text) {
        dql.store.takeCalls();
        Statement.prepare(text, options)
                .execute((Source) dql.store, Value.Struct.EMPTY, Limits.of(0, 1 << 20))
                .rest();
        return dql.store.takeCalls().stream()
                .filter(call -> !call.startsWith("count"))
                .toList();
    }

    @Test
    void an_index_that_leaves_documents_out_serves_only_what_they_have_no_part_in() {
        dql.store.schema().includeMissing(false);
        dql.run("CREATE INDEX tags ON cars (tags)");
        plans("""
                SELECT * FROM cars WHERE tags IS MISSING => scan | filter (`tags` IS MISSING) | finalProjection
                SELECT * FROM cars ORDER BY tags LIMIT 1 => scan | sort | limit | finalProjection
                SELECT COUNT(tags) FROM cars => scan | aggregate | projection | finalProjection
                SELECT * FROM cars WHERE tags = ['x'] => tags [["x"]..["x"]] | fetch | finalProjection
                SELECT * FROM cars WHERE tags > ['w'] ORDER BY tags => tags (["w"]..) | fetch | finalProjection
                """);
    }

    @Test
    void a_plan_follows_the_indexes_there_are() {
        Statement statement = Statement.prepare("SELECT * FROM cars WHERE tags = ['x']", StatementOptions.FLEXIBLE);
        assertThat(firstCall(statement)).isEqualTo("scan cars");
        dql.run("CREATE INDEX tags ON cars (tags)");
        assertThat(firstCall(statement)).startsWith("index tags");
        dql.run("DROP INDEX tags ON cars");
        assertThat(firstCall(statement)).isEqualTo("scan cars");
    }

    private String firstCall(Statement statement) {
        dql.store.takeCalls();
        statement
                .execute((Source) dql.store, Value.Struct.EMPTY, Limits.of(0, 1 << 20))
                .rest();
        return dql.store.takeCalls().stream()
                .filter(call -> !call.startsWith("count"))
                .findFirst()
                .orElseThrow();
    }
}
