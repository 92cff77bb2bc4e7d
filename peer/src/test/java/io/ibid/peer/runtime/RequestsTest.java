package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.IbidException;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the system collections show of the statements that run and ran. */
class RequestsTest {
    private final OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(null, "t"));

    @AfterEach
    void close() {
        database.close();
    }

    private List<Value.Struct> rows(String statement) {
        try (Execution execution = database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.STANDARD)) {
            return execution.rest().stream().map(row -> row.value()).toList();
        }
    }

    private String run(String statement) {
        return String.join("\n", rows(statement).stream().map(Json::write).toList());
    }

    @Test
    void a_statement_sees_itself_among_those_that_run() {
        Value.Struct row = rows("SELECT * FROM system:active_requests").getFirst();
        assertThat(row.get("text")).isEqualTo(Value.of("SELECT * FROM system:active_requests"));
        assertThat(row.get("state")).isEqualTo(Value.of("executing"));
        assertThat(row.get("queryType")).isEqualTo(Value.of("select"));
        assertThat(row.get("requestType")).isEqualTo(Value.of("SDK"));
        assertThat(row.get("database_id")).isEqualTo(Value.of("t"));
        assertThat(row.get("featureFlags")).isEqualTo(Value.of("0x0"));
        assertThat(((Value.Text) row.get("_id")).value())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        Value.Struct times = (Value.Struct) row.get("times");
        assertThat(((Value.Int) times.get("elapsed")).value()).isBetween(1L, 60_000_000_000L);
        assertThat(((Value.Text) times.get("start")).value()).startsWith("20").endsWith("Z");
        assertThat(row.get("resultCount")).isEqualTo(Value.MISSING);
        assertThat(run("SELECT text FROM system:actives")).isEqualTo("{\"text\":\"SELECT text FROM system:actives\"}");
    }

    @Test
    void a_result_that_is_read_is_a_request_that_runs() {
        run("INSERT INTO c DOCUMENTS ({'_id': 1}), ({'_id': 2})");
        String others = "SELECT text, state, resultCount FROM system:active_requests WHERE text LIKE '%FROM c%'";
        try (Execution open = database.execute("SELECT * FROM c", Value.Struct.EMPTY, ExecuteOptions.STANDARD)) {
            open.next();
            assertThat(run(others))
                    .isEqualTo("{\"resultCount\":1,\"state\":\"executing\",\"text\":\"SELECT * FROM c\"}\n"
                            + "{\"state\":\"executing\",\"text\":" + Json.write(Value.of(others)) + "}");
        }
        assertThat(rows(others)).hasSize(1);
    }

    @Test
    void the_history_keeps_what_its_qualifiers_name() {
        run("SELECT 1");
        assertThat(run("SELECT * FROM system:request_history")).isEmpty();
        run("ALTER SYSTEM SET dql_request_history_qualifiers = {'error': true}");
        run("SELECT 2");
        assertThatThrownBy(() -> run("SELECT FROM")).isInstanceOf(IbidException.class);
        assertThatThrownBy(() -> run("INSERT INTO c DOCUMENTS (1)")).isInstanceOf(IbidException.class);
        assertThat(run("SELECT text, queryType, state, error, `~qualifier` AS why FROM system:request_history"))
                .isEqualTo("""
                        {"error":"query/invalid","queryType":"unknown","state":"failed","text":"SELECT FROM","why":"error"}
                        {"error":"query/evaluation","queryType":"mutation","state":"failed","text":"INSERT INTO c DOCUMENTS (1)","why":"error"}""");
        run("ALTER SYSTEM SET dql_request_history_qualifiers = {'threshold_ms': 0}");
        run("SELECT 3");
        assertThat(run("SELECT text, `~qualifier` AS why FROM system:completed_requests WHERE text = 'SELECT 3'"))
                .isEqualTo("{\"text\":\"SELECT 3\",\"why\":\"threshold_ms\"}");
    }

    @Test
    void the_history_is_bounded() {
        run("ALTER SYSTEM SET dql_request_history_qualifiers = {'threshold_ms': 0}");
        run("ALTER SYSTEM SET dql_request_history_size = 3");
        for (int i = 0; i < 10; i++) {
            run("SELECT " + i);
        }
        assertThat(run("SELECT text FROM system:request_history"))
                .isEqualTo("{\"text\":\"SELECT 7\"}\n{\"text\":\"SELECT 8\"}\n{\"text\":\"SELECT 9\"}");
        run("ALTER SYSTEM SET dql_request_history_size = 0");
        assertThat(run("SELECT * FROM system:request_history")).isEmpty();
    }

    @Test
    void requests_and_statements_show_how_they_are_run() {
        run("INSERT INTO c DOCUMENTS ({'_id': 1, 'n': 2})");
        run("CREATE INDEX by_n ON c (n)");
        run("ALTER SYSTEM SET dql_request_history_qualifiers = {'threshold_ms': 0}");
        String select = "SELECT n FROM c WHERE n > 1 ORDER BY n LIMIT 1 + 1";
        run(select);
        run("UPDATE c SET m = 1 WHERE n = 2");
        run("INSERT INTO c DOCUMENTS ({'_id': 2})");
        run("SELECT '" + "x".repeat(5000) + "'");
        List<Value.Struct> rows = rows("SELECT plan FROM system:request_history WHERE text NOT LIKE '%history%'");
        assertThat(rows.stream().map(RequestsTest::operators).toList())
                .containsExactly("indexScan limit projection finalProjection", "indexScan update", "insert", "");
        assertThat(Json.write(rows.getFirst())).contains("\"index\":\"by_n\"").doesNotContain("#estimatedRows");
        Value.Struct shared = rows("SELECT plan FROM system:shared_statements WHERE text LIKE 'SELECT n%'")
                .getFirst();
        assertThat(shared).isEqualTo(rows.getFirst());
        assertThat(operators(rows("SELECT plan FROM system:active_requests").getFirst()))
                .isEqualTo("scan projection finalProjection");
    }

    private static String operators(Value.Struct row) {
        return row.get("plan") instanceof Value.Struct plan
                ? String.join(
                        " ",
                        ((Value.Array) plan.get("children"))
                                .elements().stream()
                                        .map(it -> ((Value.Text) ((Value.Struct) it).get("#operator")).value())
                                        .toList())
                : "";
    }

    @Test
    void rows_of_the_history_can_be_deleted_and_no_other_system_rows() {
        run("ALTER SYSTEM SET dql_request_history_qualifiers = {'threshold_ms': 0}");
        run("SELECT 1");
        run("SELECT 2");
        run("SELECT 3");
        assertThat(run("DELETE FROM system:request_history WHERE text = 'SELECT 2' RETURNING text"))
                .isEqualTo("{\"text\":\"SELECT 2\"}");
        assertThat(run("SELECT text FROM system:request_history WHERE text LIKE 'SELECT _'"))
                .isEqualTo("{\"text\":\"SELECT 1\"}\n{\"text\":\"SELECT 3\"}");
        run("ALTER SYSTEM SET dql_request_history_qualifiers = {}");
        run("DELETE FROM system:completed_requests");
        assertThat(run("SELECT * FROM system:request_history")).isEmpty();
        for (String refused : List.of(
                "DELETE FROM system:active_requests",
                "EVICT FROM system:request_history",
                "UPDATE system:request_history SET a = 1",
                "DELETE FROM __collections")) {
            assertThatThrownBy(() -> run(refused)).hasMessageStartingWith("system: collections are read-only");
        }
        assertThatThrownBy(() -> database.transaction(
                        new TransactionOptions(true, "r"),
                        scope -> scope.execute(
                                "DELETE FROM system:request_history", Value.Struct.EMPTY, ExecuteOptions.STANDARD)))
                .hasMessageStartingWith("A mutating DQL query");
    }

    @Test
    void a_statement_can_ask_which_request_it_is() {
        run("INSERT INTO c DOCUMENTS ({'_id': 1}), ({'_id': 2})");
        run("ALTER SYSTEM SET dql_request_history_qualifiers = {'threshold_ms': 0}");
        List<Value.Struct> rows = rows("SELECT request_info() AS r FROM c");
        assertThat(rows.getFirst()).isEqualTo(rows.getLast());
        Value.Struct info = (Value.Struct) rows.getFirst().get("r");
        assertThat(info.get("app_id")).isEqualTo(Value.of("t"));
        assertThat(info.get("database_id")).isEqualTo(Value.of("t"));
        assertThat(((Value.Text) info.get("start_time")).value())
                .startsWith("20")
                .endsWith("Z");
        assertThat(rows("SELECT * FROM system:request_history h WHERE text LIKE '%info()%' AND h._id = '"
                        + ((Value.Text) info.get("request_id")).value() + "'"))
                .hasSize(1);
        assertThatThrownBy(() -> database.subscribe("SELECT * FROM c WHERE a = request_info()", Value.Struct.EMPTY))
                .hasMessageStartingWith("Unsupported feature: request_info()");
    }

    @Test
    void the_collections_have_an_old_name_too() {
        run("INSERT INTO cars DOCUMENTS ({'_id': 1})");
        assertThat(run("SELECT name FROM __collections WHERE name = 'cars'")).isEqualTo("{\"name\":\"cars\"}");
        assertThat(run("SELECT __collections._id FROM __collections WHERE name = 'cars'"))
                .isEqualTo("{\"_id\":\"default:cars\"}");
    }

    @Test
    void shared_statements_tell_how_often_they_were_used() {
        run("SELECT 1 AS one");
        run("SELECT 1 AS one");
        Value.Struct row = rows("SELECT * FROM system:shared_statements WHERE text = 'SELECT 1 AS one'")
                .getFirst();
        assertThat(row.get("uses")).isEqualTo(Value.of(2));
        long average = ((Value.Int) row.get("avgElapsed")).value();
        assertThat(((Value.Int) row.get("maxElapsed")).value()).isGreaterThanOrEqualTo(average);
        assertThat(average).isPositive();
        assertThat(((Value.Text) row.get("lastUse")).value()).startsWith("20");
        run("ALTER SYSTEM SET dql_statement_cache_size = 0");
        run("SELECT 2 AS two");
        assertThat(rows("SELECT * FROM system:shared_statements WHERE text = 'SELECT 2 AS two'"))
                .isEmpty();
    }

    @Test
    void a_slow_statement_is_logged_while_it_runs_and_at_its_end() {
        run("ALTER SYSTEM SET dql_slow_request_warn_seconds = 1");
        String range = "date_range(0, 10000, 'ms', 1)";
        String slow = "SELECT ANY a IN " + range + " SATISFIES ANY b IN " + range + " SATISFIES ANY c IN " + range
                + " SATISFIES c < 0 END END END";
        run("ALTER SYSTEM SET dql_request_timeout_seconds = 3");
        try (LogLines log = new LogLines("io.ibid.core.database.requests.Requests")) {
            run("SELECT 1");
            assertThatThrownBy(() -> run(slow)).isInstanceOf(StatementTimeout.class);
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().getFirst())
                    .startsWith("WARN A slow statement has been running for 1")
                    .endsWith(slow);
            assertThat(log.lines().getLast())
                    .startsWith("WARN A slow statement ran for 3")
                    .endsWith(slow);
        }
    }

    @Test
    void very_long_texts_are_cut() {
        String text = "SELECT '" + "x".repeat(10_000) + "' AS long, text FROM system:active_requests";
        assertThat(((Value.Text) rows(text).getFirst().get("text")).value())
                .hasSize(4097)
                .endsWith("x…");
    }
}
