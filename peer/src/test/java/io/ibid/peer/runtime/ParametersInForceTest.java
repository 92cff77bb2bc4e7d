package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Warning;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That the parameters do what they say, on an open database. */
class ParametersInForceTest {
    private OpenDatabase database = open(new TreeMap<>());

    private static OpenDatabase open(Map<String, String> environment) {
        return OpenDatabase.open(DatabaseOptions.peer(null, "t").under(environment));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen(Map<String, String> environment) {
        database.close();
        database = open(environment);
    }

    private String run(String statement) {
        return run(statement, "{}", ExecuteOptions.STANDARD);
    }

    private String run(String statement, String arguments, ExecuteOptions how) {
        try (Execution execution = database.execute(statement, (Value.Struct) Json.parse(arguments), how)) {
            List<String> rows = execution.rest().stream()
                    .map(row -> Json.write(row.value()))
                    .toList();
            return String.join("\n", rows);
        }
    }

    private List<String> warnings(String statement) {
        try (Execution execution = database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.STANDARD)) {
            execution.rest();
            return execution.warnings().stream().map(Warning::description).toList();
        }
    }

    private IbidException refused(String statement) {
        return catchThrowableOfType(IbidException.class, () -> run(statement));
    }

    @Test
    void strict_mode_hides_what_is_not_declared_also_in_statements_that_ran_before() {
        run("INSERT INTO c DOCUMENTS ({'_id': 1, 'o': {'a': 1}, 'n': 2})");
        String all = "SELECT * FROM c";
        assertThat(run(all)).isEqualTo("{\"_id\":1,\"n\":2,\"o\":{\"a\":1}}");
        assertThat(run("ALTER SYSTEM SET DQL_STRICT_MODE = true")).isEqualTo("{\"dql_strict_mode\":true}");
        assertThat(run(all)).isEqualTo("{\"_id\":1,\"n\":2}");
        assertThat(run("SELECT * FROM COLLECTION c (o MAP)")).isEqualTo("{\"_id\":1,\"n\":2,\"o\":{\"a\":1}}");
        assertThat(run(all, "{}", ExecuteOptions.FLEXIBLE)).isEqualTo("{\"_id\":1,\"n\":2,\"o\":{\"a\":1}}");
        assertThat(run("ALTER SYSTEM SET dql_select_strict_mode = false"))
                .isEqualTo("{\"dql_select_strict_mode\":false}");
        assertThat(run(all)).isEqualTo("{\"_id\":1,\"n\":2,\"o\":{\"a\":1}}");
        assertThat(refused("UPDATE c SET p.q = 1"))
                .hasMessageContaining("Unsupported DML operation on REGISTER field \"p\"");
        run("ALTER SYSTEM SET dql_object_default = 'MAP'");
        run("INSERT INTO c DOCUMENTS ({'_id': 1, 'p': {'q': 1}}) ON ID CONFLICT DO UPDATE");
        run("ALTER SYSTEM RESET ALL");
        run("UPDATE c SET p.r = 2");
        assertThat(run("SELECT p FROM c")).isEqualTo("{\"p\":{\"q\":1,\"r\":2}}");
    }

    @Test
    void memory_of_one_statement_and_of_all_together_is_bounded() {
        StringBuilder documents = new StringBuilder("[");
        for (int i = 0; i < 5_000; i++) {
            documents
                    .append(i == 0 ? "" : ",")
                    .append("{\"_id\":")
                    .append(i)
                    .append(",\"t\":\"")
                    .append("x".repeat(400))
                    .append("\"}");
        }
        run("INSERT INTO c DOCUMENTS (:d)", "{\"d\":" + documents + "]}", ExecuteOptions.STANDARD);
        String sort = "SELECT COUNT(*) FROM c GROUP BY t, _id ORDER BY t";
        assertThat(run(sort)).isNotEmpty();
        run("ALTER SYSTEM SET dql_statement_memory_mb = 1");
        assertThat(refused(sort))
                .hasMessageContaining("needs more memory than a statement may use")
                .hasMessageContaining("raise dql_statement_memory_mb");
        run("ALTER SYSTEM RESET dql_statement_memory_mb");
        run("ALTER SYSTEM SET dql_total_memory_mb = 1");
        assertThat(refused(sort))
                .hasMessageContaining("more memory than they may use together")
                .hasMessageContaining("dql_total_memory_mb");
        run("ALTER SYSTEM RESET ALL");
        assertThat(run(sort)).isNotEmpty();
    }

    @Test
    void a_statement_ends_when_its_time_is_over() {
        run("ALTER SYSTEM SET dql_request_timeout_seconds = 1");
        String range = "date_range(0, 10000, 'ms', 1)";
        IbidException refusal = refused("SELECT EVERY a IN " + range + " SATISFIES EVERY b IN " + range
                + " SATISFIES EVERY c IN " + range + " SATISFIES c >= 0 END END END");
        assertThat(refusal)
                .isInstanceOf(StatementTimeout.class)
                .hasMessageContaining("1000 ms")
                .returns(ErrorCode.QUERY_EXECUTION, IbidException::code);
    }

    @Test
    void the_limits_of_documents_come_from_the_environment() {
        String large = "INSERT INTO c DOCUMENTS ({'_id': 1, 't': '" + "x".repeat(3_000) + "'})";
        reopen(Map.of("DITTO_DOCUMENT_SIZE_SOFT_LIMIT_BYTES", "2048"));
        assertThat(warnings(large)).singleElement().asString().contains("exceeds recommended limit of 2.0 KB");
        reopen(Map.of("DITTO_DOCUMENT_SIZE_SOFT_LIMIT_BYTES", "1024", "DITTO_DOCUMENT_SIZE_HARD_LIMIT_BYTES", "2048"));
        assertThat(refused(large))
                .hasMessageContaining("exceeds limit of 2048 bytes")
                .returns(ErrorCode.QUERY_EXECUTION, IbidException::code);
        assertThat(run("SELECT * FROM c")).isEmpty();
        assertThat(warnings("ALTER SYSTEM SET document_size_hard_limit_bytes = 1024"))
                .singleElement()
                .asString()
                .contains("DITTO_DOCUMENT_SIZE_HARD_LIMIT_BYTES");
    }

    @Test
    void two_databases_of_one_process_have_their_own() {
        try (OpenDatabase other = open(new TreeMap<>())) {
            run("ALTER SYSTEM SET dql_strict_mode = true");
            try (Execution execution =
                    other.execute("SHOW dql_strict_mode", Value.Struct.EMPTY, ExecuteOptions.STANDARD)) {
                assertThat(Json.write(execution.rest().getFirst().value())).isEqualTo("{\"dql_strict_mode\":false}");
            }
        }
    }

    @Test
    void parameters_cannot_be_changed_in_a_transaction() {
        assertThat(catchThrowableOfType(
                        IbidException.class,
                        () -> database.transaction(scope -> scope.execute(
                                "ALTER SYSTEM SET dql_strict_mode = true",
                                Value.Struct.EMPTY,
                                ExecuteOptions.STANDARD))))
                .returns(ErrorCode.QUERY_UNSUPPORTED, IbidException::code)
                .hasMessageContaining("ALTER SYSTEM cannot be executed in a transaction");
        assertThat(run("SHOW dql_strict_mode")).isEqualTo("{\"dql_strict_mode\":false}");
    }
}
