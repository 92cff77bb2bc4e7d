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
