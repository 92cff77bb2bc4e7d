package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** EXPLAIN shows a plan and runs nothing. */
class ExplainTest {
    private final Dql dql = new Dql().with("movies", """
            [{"_id":"1","rated":"PG","year":2001},{"_id":"2","rated":"R","year":1999},{"_id":"3","rated":"PG"}]""");

    private void explains(String statement, String arguments, String plan) {
        Value actual = Json.parse(dql.run("EXPLAIN " + statement, arguments));
        assertThat(Json.write(actual))
                .as(statement)
                .isEqualTo(
                        Json.write(Json.parse("{\"plan\":{\"#operator\":\"sequence\",\"children\":[" + plan + "]}}")));
    }

    private void explains(String statement, String plan) {
        explains(statement, "{}", plan);
    }

    @Test
    void a_scan_with_a_filter() {
        explains("SELECT * FROM movies WHERE lower(rated) = 'PG' AND year > 2000", """
                {"#operator":"scan","alias":"movies","collection":"movies","datasource":"default",
                 "descriptor":{"diff_scan_condition":"never"},"#estimatedRows":3},
                {"#operator":"filter","condition":"((`lower`(`movies`.`rated`) = \\"PG\\") AND (`movies`.`year` > 2000))",
                 "#estimatedRows":0},
                {"#operator":"finalProjection","#estimatedRows":0}""");
    }

    @Test
    void an_index_scan_with_order_and_limit() {
        dql.run("CREATE INDEX ry ON movies (rated, year DESC)");
        explains(
                "SELECT year AS y FROM movies AS m WHERE rated = :r ORDER BY year LIMIT 2 OFFSET :o",
                "{\"r\":\"PG\",\"o\":1}",
                """
                {"#operator":"indexScan","collection":"movies","datasource":"default","covering":true,"desc":{"index":"ry","reverse":true,"spans":[
                  {"index_key":{"direction":"asc","include_missing":true,"key":["rated"]},
                   "range":{"low":{"expr":"\\"PG\\"","included":true},"high":{"expr":"\\"PG\\"","included":true}}}]},"#estimatedRows":2},
                {"#operator":"offset","offset":":o","#estimatedRows":1},
                {"#operator":"limit","limit":2,"#estimatedRows":1},
                {"#operator":"projection","projections":[{"expression":"`m`.`year`","wildcard":false,"alias":"y"}],"#estimatedRows":1},
                {"#operator":"finalProjection","#estimatedRows":1}""");
    }

    @Test
    void groups_and_a_sort() {
        explains(
                "SELECT rated, COUNT(DISTINCT year) AS n FROM movies GROUP BY rated HAVING SUM(year) > 1 ORDER BY n DESC LIMIT 5",
                """
                {"#operator":"scan","alias":"movies","collection":"movies","datasource":"default",
                 "descriptor":{"diff_scan_condition":"never"},"#estimatedRows":3},
                {"#operator":"aggregate","groupBy":["`movies`.`rated`"],
                 "aggregates":["COUNT(DISTINCT `movies`.`year`)","SUM(`movies`.`year`)"],"#estimatedRows":1},
                {"#operator":"filter","condition":"(SUM(`movies`.`year`) > 1)","#estimatedRows":1},
                {"#operator":"sort","limit":5,"orderBy":[{"direction":"desc","key":"COUNT(DISTINCT `movies`.`year`)"}],"#estimatedRows":1},
                {"#operator":"limit","limit":5,"#estimatedRows":1},
                {"#operator":"projection","projections":[
                  {"expression":"COUNT(DISTINCT `movies`.`year`)","wildcard":false,"alias":"n"},
                  {"expression":"`movies`.`rated`","wildcard":false,"alias":"rated"}],"#estimatedRows":1},
                {"#operator":"finalProjection","#estimatedRows":1}""");
    }

    @Test
    void ids_unions_and_counts() {
        dql.run("CREATE INDEX r ON movies (rated)");
        dql.run("CREATE INDEX y ON movies (year)");
        assertThat(names("SELECT DISTINCT m.*, MISSING year FROM movies m WHERE rated = 'R' OR year = 2001"))
                .containsExactly("unionScan", "fetch", "projection", "distinct", "finalProjection");
        explains("SELECT * FROM movies WHERE _id IN ['1', '2']", """
                {"#operator":"idScan","collection":"movies","datasource":"default","expression":"[\\"1\\", \\"2\\"]","#estimatedRows":2},
                {"#operator":"fetch","collection":"movies","datasource":"default","#estimatedRows":2},
                {"#operator":"finalProjection","#estimatedRows":2}""");
        explains("SELECT COUNT(*) FROM movies", """
                {"#operator":"countScan","collection":"movies","datasource":"default","#estimatedRows":1},
                {"#operator":"projection","projections":[{"expression":"COUNT(*)","wildcard":false,"alias":"($1)"}],"#estimatedRows":1},
                {"#operator":"finalProjection","#estimatedRows":1}""");
    }

    private List<String> names(String statement) {
        return PlanJson.children(dql, statement).stream()
                .map(operator -> ((Value.Text) operator.get("#operator")).value())
                .toList();
    }

    @Test
    void statements_that_write_show_what_they_do_and_do_it_not() {
        explains(
                "UPDATE movies APPLY n INCREMENT BY 2 SET rated = 'R', year = year + 1 UNSET x WHERE _id = '1' RETURNING _id",
                """
                {"#operator":"idScan","collection":"movies","datasource":"default","ids":["\\"1\\""],"#estimatedRows":1},
                {"#operator":"fetch","collection":"movies","datasource":"default","#estimatedRows":1},
                {"#operator":"update","collection":"movies","set":["`rated` = \\"R\\"","`year` = (`movies`.`year` + 1)"],"unset":["`x`"],
                 "apply":["`n` INCREMENT BY 2"],"returning":[{"expression":"`movies`.`_id`","wildcard":false,"alias":"_id"}],"#estimatedRows":1}""");
        explains("INSERT INTO movies DOCUMENTS ({'_id': '9'}), ({'_id': '8'}) ON ID CONFLICT DO NOTHING", """
                {"#operator":"insert","collection":"movies","policy":"DO NOTHING","#estimatedRows":2}""");
        assertThat(names("DELETE FROM movies WHERE rated = 'R'")).containsExactly("scan", "filter", "delete");
        assertThat(names("EVICT FROM movies")).containsExactly("scan", "evict");
        explains("CREATE INDEX i ON movies (a.b DESC, c)", """
                {"#operator":"createIndex","collection":"movies","index":"i","keys":["`a`.`b` DESC","`c` ASC"],"#estimatedRows":0}""");
        explains("DROP INDEX i ON movies", """
                {"#operator":"dropIndex","collection":"movies","index":"i","#estimatedRows":0}""");
        assertThat(names("ADVISE SELECT * FROM movies")).containsExactly("scan", "finalProjection", "advise");
        assertThat(dql.store.documents("movies")).hasSize(3);
        assertThat(dql.store.indexes().of("movies")).isEmpty();
    }

    @Test
    void what_has_no_plan_is_refused() {
        assertThat(dql.error("EXPLAIN SHOW ALL")).startsWith("query/invalid");
        assertThat(dql.error("EXPLAIN ALTER SYSTEM SET a = 1")).startsWith("query/invalid");
        assertThat(dql.error("EXPLAIN PROFILE SELECT 1")).startsWith("query/invalid");
        assertThat(dql.error("PROFILE PROFILE SELECT 1")).startsWith("query/invalid");
        assertThat(dql.error("ADVISE EXPLAIN SELECT 1")).startsWith("query/invalid");
        assertThat(dql.error("EXPLAIN SELECT :p")).startsWith("query/parameter");
    }

    @Test
    void it_is_no_query_to_observe_and_runs_where_a_select_does() {
        Statement statement = Statement.prepare("EXPLAIN DELETE FROM movies", StatementOptions.FLEXIBLE);
        assertThat(statement.kind()).isEqualTo(StatementKind.EXPLAIN);
        assertThat(statement.carries()).isEqualTo(StatementKind.DELETE);
        assertThat(statement.isReadOnly()).isTrue();
        assertThat(statement.kind().queryType()).isEqualTo("select");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(statement::requireObservable))
                .hasMessageContaining("EXPLAIN cannot be observed");
    }
}
