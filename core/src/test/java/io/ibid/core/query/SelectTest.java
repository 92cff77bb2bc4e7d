package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectTest {
    private final Dql dql = new Dql().with("cars", """
            [{"_id":"1","color":"blue","year":2001,"price":10.5,"e":{"p":{"q":1}}},
             {"_id":"2","color":"red","year":1999,"price":20},
             {"_id":"3","color":"blue","year":2010,"price":null},
             {"_id":"4","color":null,"year":"new"},
             {"_id":"5","year":false,"tags":["a","b"]}]""");

    private void check(String statement, String... rows) {
        assertThat(dql.run(statement)).as(statement).isEqualTo(String.join("\n", rows));
    }

    private void ids(String statement, String ids) {
        String rows = dql.run(statement);
        assertThat(rows.replaceAll("\\{\"_id\":\"(.)\"[^\n]*\n?", "$1"))
                .as(statement)
                .isEqualTo(ids);
    }

    @Test
    void star_answers_whole_documents() {
        check(
                "SELECT * FROM cars WHERE _id = '1'",
                "{\"_id\":\"1\",\"color\":\"blue\",\"e\":{\"p\":{\"q\":1}},\"price\":10.5,\"year\":2001}");
        check(
                "SELECT * FROM default:cars WHERE _id = '2'",
                "{\"_id\":\"2\",\"color\":\"red\",\"price\":20,\"year\":1999}");
        check("SELECT * FROM nowhere", "");
    }

    @Test
    void columns_are_named_by_alias_last_key_or_place() {
        check(
                "SELECT _id, e.p.q, year + 1, color AS c, price p, tags[0] FROM cars WHERE _id = '1';",
                "{\"($3)\":2002,\"_id\":\"1\",\"c\":\"blue\",\"p\":10.5,\"q\":1}");
        check("SELECT count(*) FROM cars", "{\"($1)\":5}");
        check("SELECT color, 1, cars.year FROM cars WHERE _id = '4'", "{\"($2)\":1,\"color\":null,\"year\":\"new\"}");
        check(
                "SELECT c FROM cars c WHERE c._id = '2'",
                "{\"c\":{\"_id\":\"2\",\"color\":\"red\",\"price\":20,\"year\":1999}}");
        check("SELECT year AS x, color AS x FROM cars WHERE _id = '2'", "{\"x\":\"red\"}");
    }

    @Test
    void wildcards_combine_with_columns_and_exclusions() {
        check(
                "SELECT cars.*, price * 2 AS price FROM cars WHERE _id = '2'",
                "{\"_id\":\"2\",\"color\":\"red\",\"price\":40,\"year\":1999}");
        check(
                "SELECT cars.*, MISSING e.p.q FROM cars WHERE _id = '1'",
                "{\"_id\":\"1\",\"color\":\"blue\",\"e\":{\"p\":{}},\"price\":10.5,\"year\":2001}");
        check(
                "SELECT c.*, MISSING c.price, MISSING year, missing nothing FROM cars AS c WHERE _id = '2'",
                "{\"_id\":\"2\",\"color\":\"red\"}");
        check("SELECT c.* FROM cars c WHERE _id = '2'", "{\"_id\":\"2\",\"color\":\"red\",\"price\":20,\"year\":1999}");
        check("SELECT MISSING AS x, 1 AS y FROM system:dual", "{\"y\":1}");
    }

    @Test
    void a_select_without_from_reads_dual() {
        check("SELECT 1", "{\"($1)\":1}");
        check("SELECT *", "{\"_id\":\"dual\"}");
        check("SELECT * FROM system:dual", "{\"_id\":\"dual\"}");
        check(
                "SELECT 'it\\'s' AS a, \"double quoted\" AS b, `my field` AS c, 0xFF AS d, [1, 'x'] AS e, {'k': 1} AS f\nFROM system:dual",
                "{\"a\":\"it's\",\"b\":\"double quoted\",\"d\":255,\"e\":[1,\"x\"],\"f\":{\"k\":1}}");
    }

    @Test
    void rows_come_in_the_total_order() {
        ids("SELECT _id FROM cars ORDER BY year", "52134");
        ids("SELECT _id FROM cars ORDER BY year DESC", "43125");
        ids("SELECT _id FROM cars ORDER BY color, year DESC", "31245");
        ids("SELECT _id FROM cars ORDER BY color DESC, _id", "54213");
        ids("SELECT _id FROM cars ORDER BY color = 'blue', _id", "21345");
    }

    @Test
    void order_by_sees_aliases_of_the_projection_before_fields() {
        ids("SELECT _id, -year AS year FROM cars WHERE is_number(year) ORDER BY year", "312");
        ids("SELECT _id, -year AS year FROM cars WHERE is_number(year) ORDER BY cars.year", "213");
        ids("SELECT _id, -year AS y FROM cars WHERE is_number(year) ORDER BY y + 0", "312");
        ids("SELECT _id, e AS x FROM cars ORDER BY x.p.q, _id", "12345");
        ids("SELECT _id, year FROM cars WHERE is_number(year) ORDER BY price", "123");
    }

    @Test
    void limit_and_offset_cut_the_result() {
        ids("SELECT * FROM cars LIMIT 2", "12");
        ids("SELECT * FROM cars LIMIT 2 OFFSET 1", "23");
        ids("SELECT * FROM cars OFFSET 3", "45");
        ids("SELECT * FROM cars OFFSET 9", "");
        ids("SELECT * FROM cars LIMIT 0", "");
        ids("SELECT _id FROM cars ORDER BY _id DESC LIMIT 2 OFFSET 1", "43");
        ids("SELECT _id FROM cars ORDER BY _id DESC LIMIT 1 + 1", "54");
        assertThat(dql.run("SELECT _id FROM cars LIMIT :n", "{\"n\":1.0}")).isEqualTo("{\"_id\":\"1\"}");
    }

    @Test
    void a_top_n_sort_gives_what_a_whole_sort_gives() {
        for (int i = 0; i < 200; i++) {
            dql.store.put("n", (Value.Struct) Json.parse("{\"_id\":\"x" + i + "\",\"n\":" + i * 7919 % 50 + "}"));
        }
        List<String> sorted =
                dql.run("SELECT _id, n FROM n ORDER BY n DESC").lines().toList();
        for (int limit : new int[] {0, 1, 7, 199, 200, 300}) {
            assertThat(dql.run("SELECT _id, n FROM n ORDER BY n DESC LIMIT " + limit)
                            .lines())
                    .isEqualTo(sorted.subList(0, Math.min(limit, 200)));
        }
        assertThat(dql.run("SELECT _id, n FROM n ORDER BY n DESC LIMIT 5 OFFSET 10")
                        .lines())
                .isEqualTo(sorted.subList(10, 15));
        assertThat(dql.run("SELECT _id, n FROM n ORDER BY n DESC LIMIT 9223372036854775807 OFFSET 190")
                        .lines())
                .isEqualTo(sorted.subList(190, 200));
    }

    @Test
    void conditions_on_the_id_look_documents_up() {
        reads("SELECT * FROM cars WHERE _id = '1'", "find cars 1");
        reads("SELECT * FROM cars c WHERE '1' = c._id", "find cars 1");
        reads("SELECT * FROM cars WHERE color = 'x' AND _id = '1'", "find cars 1");
        reads("SELECT * FROM cars WHERE _id IN ('2', '1', '2', 5.5, null)", "find cars 1", "find cars 2");
        reads("SELECT * FROM cars WHERE _id IN :ids", "find cars 7", "find cars a");
        reads("SELECT * FROM cars WHERE _id = NULL");
        reads("SELECT * FROM cars WHERE _id = 1.5");
        reads("SELECT * FROM cars WHERE _id = 1.0", "find cars 1");
        reads("SELECT * FROM cars WHERE _id = color", "scan cars", "close");
        reads("SELECT * FROM cars WHERE _id = '1' OR color = 'blue'", "scan cars", "close");
        reads("SELECT COUNT(*) FROM cars", "count cars");
        reads("SELECT COUNT(*), COUNT(*) AS n FROM cars", "count cars");
        reads("SELECT COUNT(*) FROM cars WHERE year > 1", "scan cars", "close");
        reads("SELECT COUNT(year) FROM cars", "scan cars", "close");
    }

    private void reads(String statement, String... calls) {
        dql.store.takeCalls();
        dql.run(statement, statement.contains(":ids") ? "{\"ids\":[\"a\",7]}" : "{}");
        assertThat(dql.store.takeCalls()).as(statement).containsExactly(calls);
    }

    @Test
    void the_id_can_be_an_object_whose_parts_are_fields() {
        dql.with("pos", "[{\"_id\":{\"loc\":\"a\",\"n\":1},\"x\":1},{\"_id\":{\"loc\":\"b\",\"n\":2},\"x\":2}]");
        check("SELECT x FROM pos WHERE _id = {'n': 2, 'loc': 'b'}", "{\"x\":2}");
        check("SELECT x FROM pos WHERE _id = {'n': 2.0, 'loc': 'b'}", "{\"x\":2}");
        check("SELECT _id.n FROM pos WHERE _id.loc = 'a'", "{\"n\":1}");
        check("SELECT pos._id.n FROM pos ORDER BY _id.n DESC LIMIT 1", "{\"n\":2}");
    }

    @Test
    void use_ids_takes_constants_and_the_condition_applies_afterwards() {
        ids("SELECT * FROM cars USE IDS '3', '1', '3', 'unknown'", "31");
        ids("SELECT * FROM cars c USE IDS '3', '1' WHERE c.year = 2010", "3");
        assertThat(dql.run("SELECT _id FROM cars USE IDS LIST :ids", "{\"ids\":[\"2\",\"4\"]}"))
                .isEqualTo("{\"_id\":\"2\"}\n{\"_id\":\"4\"}");
        assertThat(dql.run("SELECT _id FROM cars USE IDS :ids", "{\"ids\":[\"2\",\"4\"]}"))
                .isEmpty();
        assertThat(dql.warnings("SELECT _id FROM cars USE IDS :ids", "{\"ids\":[\"2\"]}"))
                .containsExactly("USE IDS :ids takes the array for one id; write USE IDS LIST :ids");
        assertThat(dql.warnings("SELECT * FROM cars USE IDS 1.5", "{}"))
                .containsExactly("USE IDS met a value that cannot be a document id once");
        check("SELECT * FROM system:dual USE IDS 'dual'", "{\"_id\":\"dual\"}");
        check("SELECT * FROM system:dual USE IDS 'x'", "");
    }

    @Test
    void names_are_resolved_from_the_inside_out() {
        dql.with("x", "[{\"_id\":\"1\",\"x\":{\"x\":{\"x\":5}},\"v\":1,\"arr\":[{\"v\":2}]}]");
        check("SELECT x.x.x AS a FROM x", "{\"a\":{\"x\":5}}");
        check("SELECT y.x.x.x AS a FROM x AS y", "{\"a\":5}");
        check("SELECT x.x.x AS a FROM x y", "{\"a\":5}");
        check("SELECT ARRAY v.v + y.v FOR v IN arr END AS a FROM x y", "{\"a\":[3]}");
        assertThat(dql.warnings("SELECT x.y FROM x y", "{}"))
                .containsExactly("x is called y here, so x.y is a field of it");
        check("SELECT object_length(x) AS n FROM x", "{\"n\":4}");
    }

    @Test
    void soft_keywords_are_names() {
        dql.with(
                "date",
                "[{\"_id\":\"1\",\"value\":1,\"key\":2,\"count\":3,\"text\":4,\"array\":5,\"trim\":6,\"documents\":{\"state\":7},\"index\":8}]");
        check(
                "SELECT value, key, count, text, array, trim, documents.state, index, value AS order_, index AS raw FROM date WHERE array = 5 AND trim = 6",
                "{\"array\":5,\"count\":3,\"index\":8,\"key\":2,\"order_\":1,\"raw\":8,\"state\":7,\"text\":4,\"trim\":6,\"value\":1}");
        check("SELECT `select`.`from` AS `where` FROM date", "{}");
    }

    @Test
    void aggregates_without_groups_give_one_row() {
        check(
                "SELECT COUNT(*) AS n, COUNT(price) AS p, SUM(price) AS s, MIN(year) AS lo, MAX(year) AS hi, AVG(year) AS a FROM cars",
                "{\"a\":2003.3333333333333,\"hi\":\"new\",\"lo\":false,\"n\":5,\"p\":2,\"s\":30.5}");
        check(
                "SELECT SUM(year) AS s, MEDIAN(year) AS m, MID(year) AS d FROM cars",
                "{\"d\":2004.5,\"m\":2001,\"s\":6010}");
        check("SELECT MEDIAN(year) AS m FROM cars WHERE year < 2005", "{\"m\":2000.0}");
        check("SELECT SUM(x) AS s, COUNT(x) AS n, MIN(x) AS lo, MEDIAN(x) AS m, AVG(x) AS a FROM cars", "{\"n\":0}");
        check("SELECT ifmissing(SUM(x), 0) AS s FROM nowhere", "{\"s\":0}");
        check("SELECT COUNT(DISTINCT color) AS n, SUM(DISTINCT year) AS s FROM cars", "{\"n\":2,\"s\":6010}");
        check("SELECT COUNT(*) AS n FROM cars LIMIT 0", "");
        check("SELECT COUNT(*) FROM cars HAVING COUNT(*) > 9", "");
        check("SELECT 1 + COUNT(*) * 2 AS n FROM cars HAVING MAX(_id) = '5'", "{\"n\":11}");
        dql.with(
                "t",
                "[{\"_id\":\"1\",\"p\":true},{\"_id\":\"2\",\"p\":false},{\"_id\":\"3\",\"p\":null},{\"_id\":\"4\"},{\"_id\":\"5\",\"p\":true}]");
        check("SELECT COUNT(p) AS a, COUNT(p = false) AS b FROM t", "{\"a\":2,\"b\":1}");
        assertThat(dql.warnings("SELECT COUNT(p) FROM t", "{}"))
                .containsExactly("COUNT(p) left out a FALSE value once");
        check("SELECT SUM(n) AS s FROM o", "{}");
        dql.with("o", "[{\"_id\":\"1\",\"n\":9223372036854775807},{\"_id\":\"2\",\"n\":1}]");
        check("SELECT SUM(n) AS s FROM o", "{\"s\":9.223372036854776e18}");
    }

    @Test
    void groups_compare_keys_as_values() {
        check(
                "SELECT color, COUNT(*) AS n FROM cars GROUP BY color ORDER BY n DESC, color",
                "{\"color\":\"blue\",\"n\":2}",
                "{\"color\":\"red\",\"n\":1}",
                "{\"color\":null,\"n\":1}",
                "{\"n\":1}");
        check(
                "SELECT color FROM cars GROUP BY color HAVING COUNT(*) > 1 OR color = 'red' ORDER BY color",
                "{\"color\":\"blue\"}",
                "{\"color\":\"red\"}");
        check(
                "SELECT substr(color, 0, 1) AS c, SUM(price) AS p FROM cars GROUP BY substr(cars.color, 0, 1) ORDER BY c LIMIT 1",
                "{\"c\":\"b\",\"p\":10.5}");
        check("SELECT year / 1000 || 'x' AS y FROM cars WHERE year > 0 GROUP BY year / 1000", "{}", "{}");
        check("SELECT COUNT(*) FROM nowhere GROUP BY color", "");
        check("SELECT color FROM cars GROUP BY color ORDER BY MAX(year) DESC LIMIT 1", "{\"color\":null}");
        dql.with(
                "g",
                "[{\"_id\":\"1\",\"k\":1.0,\"v\":1},{\"_id\":\"2\",\"k\":1,\"v\":2},{\"_id\":\"3\",\"k\":2.5,\"v\":4}]");
        check("SELECT k, SUM(v) AS s FROM g GROUP BY k ORDER BY k", "{\"k\":1,\"s\":3}", "{\"k\":2.5,\"s\":4}");
    }

    @Test
    void distinct_compares_whole_rows() {
        check(
                "SELECT DISTINCT color FROM cars ORDER BY color",
                "{\"color\":\"blue\"}",
                "{\"color\":\"red\"}",
                "{\"color\":null}",
                "{}");
        check("SELECT DISTINCT color AS c FROM cars ORDER BY c DESC LIMIT 1 OFFSET 1", "{\"c\":null}");
        check("SELECT DISTINCT k FROM g", "");
        dql.with("g", "[{\"_id\":\"1\",\"k\":{\"a\":1.0}},{\"_id\":\"2\",\"k\":{\"a\":1}}]");
        check("SELECT DISTINCT k FROM g", "{\"k\":{\"a\":1}}");
        ids("SELECT DISTINCT * FROM cars ORDER BY _id DESC", "54321");
    }

    @Test
    void strict_mode_and_definitions_hide_what_is_typed_otherwise() {
        Dql strict = new Dql().strict();
        strict.store.system(
                "data_sync_info",
                List.of(
                        (Value.Struct)
                                Json.parse(
                                        "{\"_id\":\"pk\",\"is_ditto_server\":true,\"documents\":{\"sync_session_status\":\"Connected\",\"more\":{\"x\":1}}}")));
        assertThat(strict.run("SELECT * FROM system:data_sync_info"))
                .isEqualTo("{\"_id\":\"pk\",\"is_ditto_server\":true}");
        assertThat(strict.run("SELECT * FROM COLLECTION system:data_sync_info (documents MAP)"))
                .isEqualTo(
                        "{\"_id\":\"pk\",\"documents\":{\"sync_session_status\":\"Connected\"},\"is_ditto_server\":true}");
        assertThat(strict.run(
                        "SELECT documents.more.x FROM COLLECTION system:data_sync_info (documents MAP(more MAP))"))
                .isEqualTo("{\"x\":1}");
        assertThat(strict.run("SELECT _id FROM system:data_sync_info WHERE documents IS MISSING"))
                .isEqualTo("{\"_id\":\"pk\"}");
        assertThat(dql.run("SELECT * FROM COLLECTION cars (color COUNTER, e MAP) WHERE _id = '1'"))
                .isEqualTo("{\"_id\":\"1\",\"e\":{\"p\":{\"q\":1}},\"price\":10.5,\"year\":2001}");
    }

    @Test
    void system_collections_are_read_and_unknown_ones_named() {
        dql.store.system("indexes", List.of((Value.Struct) Json.parse("{\"_id\":\"c.i\"}")));
        check("SELECT * FROM system:indexes", "{\"_id\":\"c.i\"}");
        check("SELECT COUNT(*) FROM system:indexes", "{\"($1)\":1}");
        check("SELECT * FROM system:indexes WHERE _id = 'c.i'", "{\"_id\":\"c.i\"}");
        assertThat(dql.error("SELECT * FROM system:indexe"))
                .startsWith(
                        "query/evaluation Query failed: `unknown system collection 'indexe', did you mean 'indexes'?` (line 1, column 15)");
    }

    @Test
    void results_stream_and_close_their_source() {
        dql.store.takeCalls();
        Result result = dql.result("SELECT * FROM cars", "{}");
        assertThat(result.next()).isNotNull();
        result.close();
        assertThat(dql.store.takeCalls()).containsExactly("scan cars", "close");
        assertThat(result.next()).isNull();
    }

    @Test
    void directives_and_index_hints_are_checked() {
        ids("/*+ {\"#prefer_order\": true, \"#max_scans\": 10} */ SELECT * FROM cars WHERE color = 'red'", "2");
        ids("--+ {\"#disable_index_scan\": true}\nSELECT * FROM cars WHERE color = 'red'", "2");
        ids("SELECT /*+ {\"cars\": {\"#index\": null}} */ * FROM cars USE INDEX '' WHERE color = 'red'", "2");
        ids("SELECT * /*+ no json */ FROM cars WHERE /*+ nor here */ color = 'red' -- at all", "2");
        assertThat(dql.warnings("SELECT * FROM cars USE INDEX (ix)", "{}"))
                .containsExactly("there is no index ix on cars");
        assertThat(dql.warnings("SELECT * FROM cars USE DIRECTIVES '{\"#indx\":[]}'", "{}"))
                .containsExactly("unknown directive '#indx', did you mean '#index'?");
        assertThat(dql.error("/*+ {x} */ SELECT * FROM cars")).startsWith("query/invalid the directive is not JSON");
        assertThat(dql.error("/*+ {\"#max_scans\": true} */ SELECT * FROM cars"))
                .startsWith(
                        "query/evaluation Query failed: `#max_scans takes an integer that is not negative` (line 1, column 1)");
    }

    @Test
    void probable_mistakes_are_warned_about() {
        assertThat(dql.warnings("SELECT * FROM cars WHERE color IN (:p)", "{\"p\":[\"red\"]}"))
                .containsExactly("IN (:p) is a list of one element, which is the array; write IN :p");
        assertThat(dql.warnings("SELECT * FROM cars WHERE color IN (:p)", "{\"p\":\"red\"}"))
                .isEmpty();
        assertThat(dql.warnings("SELECT * FROM cars WHERE type(year) = 'number'", "{}"))
                .containsExactly("type() never gives 'number'; it gives 'integer' or 'float'");
        assertThat(dql.warnings("SELECT 1 = 'a'", "{}"))
                .containsExactly("comparing values of different types gives MISSING");
        assertThat(dql.warnings("SELECT {a: 1} AS o FROM cars LIMIT 1", "{}"))
                .containsExactly("the key a is not in quotes, so it is the field of that name and its text is the key");
    }
}
