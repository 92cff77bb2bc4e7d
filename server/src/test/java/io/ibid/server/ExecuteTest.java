package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Cbor;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExecuteTest {
    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void open() {
        server = new TestServer(directory, TestServer.limits(Duration.ofMillis(500), 4, 8));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_select_answers_with_the_whole_envelope() throws Exception {
        HttpResponse<String> response = server.execute("ROWS 2 3");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.headers().firstValue("X-DITTO-TXN-ID")).contains("41");
        assertThat(response.body())
                .isEqualTo("{\"transactionId\":41,\"queryType\":\"select\","
                        + "\"items\":[{\"_id\":0,\"text\":\"xxx\"},{\"_id\":1,\"text\":\"xxx\"}],"
                        + "\"mutatedDocumentIds\":[],\"error\":{},\"warnings\":[],\"totalWarningsCount\":0}");
    }

    @Test
    void a_mutation_tells_its_commit_and_the_ids_it_wrote() throws Exception {
        HttpResponse<String> response = server.execute("INSERT a");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"transactionId\":41,\"commitId\":41,\"queryType\":\"mutation\",\"items\":[],"
                        + "\"mutatedDocumentIds\":[\"a\"],\"error\":{},\"warnings\":[],\"totalWarningsCount\":0}");
    }

    @Test
    void at_most_ten_warnings_are_listed_and_all_are_counted() throws Exception {
        Value.Struct envelope = TestServer.envelope(server.execute("WARN 12"));
        Value.Array warnings = (Value.Array) envelope.get("warnings");
        assertThat(warnings.elements()).hasSize(10);
        assertThat(Json.write(warnings.elements().getFirst()))
                .isEqualTo("{\"_id\":\"a\",\"description\":\"warning 0\"}");
        assertThat(Json.write(warnings.elements().getLast())).isEqualTo("{\"description\":\"warning 9\"}");
        assertThat(envelope.get("totalWarningsCount")).isEqualTo(Value.of(12));
    }

    @Test
    void arguments_keep_their_types_and_64_bits() throws Exception {
        String body =
                "{\"statement\":\"ROWS 0 0\",\"args\":{\"n\":9007199254740993,\"f\":1.0,\"o\":{\"a\":[null,true]}},\"more\":1}";
        assertThat(server.send(server.request("/api/v5/store/execute").POST(BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.database.arguments)
                .isEqualTo(Value.Struct.builder()
                        .put("n", Value.of(9007199254740993L))
                        .put("f", Value.of(1.0))
                        .put("o", Json.parse("{\"a\":[null,true]}"))
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v4/store/execute, true",
        "/api/v5/store/execute, false",
        "/demo/api/v4/store/execute, true",
        "/demo/api/v5/store/execute, false"
    })
    void version_4_is_strict_and_version_5_is_not_with_and_without_the_database_id(String path, boolean strict)
            throws Exception {
        assertThat(server.send(server.request(path).POST(BodyPublishers.ofString("{\"statement\":\"ROWS 0 0\"}")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.database.terms.strict()).isEqualTo(strict);
    }

    @Test
    void statements_run_on_platform_threads() throws Exception {
        server.execute("ROWS 1 1");
        assertThat(server.database.thread.isVirtual()).isFalse();
        assertThat(server.database.thread.getName()).startsWith("http-statement-");
    }

    @ParameterizedTest
    @CsvSource({
        "query/invalid, 400, unknown",
        "query/evaluation, 400, select",
        "query/execution, 400, select",
        "query/unsupported, 400, select",
        "query/parameter, 400, select",
        "query/arguments-invalid, 400, select",
        "store/document-id, 400, select",
        "store/backend, 500, select",
        "store/closed, 503, select"
    })
    void errors_of_the_database_have_their_status_and_keep_their_code_and_text(String code, int status, String type)
            throws Exception {
        HttpResponse<String> response =
                server.execute("FAIL " + code + " expected FROM (line 1, column 8)\nSELECT x\n       ^");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(TestServer.error(response, "code")).isEqualTo(code);
        assertThat(TestServer.error(response, "description"))
                .isEqualTo("expected FROM (line 1, column 8)\nSELECT x\n       ^");
        assertThat(TestServer.envelope(response).get("queryType")).isEqualTo(Value.of(type));
        assertThat(TestServer.envelope(response).get("items")).isEqualTo(Value.Array.EMPTY);
        assertThat(TestServer.envelope(response).get("mutatedDocumentIds")).isEqualTo(Value.Array.EMPTY);
        assertThat(server.database.open).hasValue(0);
    }

    @Test
    void an_unexpected_failure_is_500_and_keeps_its_details_to_itself() throws Exception {
        HttpResponse<String> response = server.execute("CRASH");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(TestServer.error(response, "code")).isEqualTo("internal");
        assertThat(response.body()).doesNotContain("secret");
        assertThat(server.execute("ROWS 0 0").statusCode()).isEqualTo(200);
    }

    @Test
    void a_statement_that_takes_too_long_is_408() throws Exception {
        HttpResponse<String> response = server.execute("WAIT");
        assertThat(response.statusCode()).isEqualTo(408);
        assertThat(TestServer.error(response, "code")).isEqualTo("query/execution");
        assertThat(TestServer.error(response, "description")).startsWith("the request was not done within");
    }

    @Test
    void a_transaction_that_is_here_already_is_no_wait() throws Exception {
        assertThat(server.send(server.post("ROWS 0 0").header("X-DITTO-TXN-ID", "41"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_transaction_that_does_not_arrive_in_time_is_404() throws Exception {
        HttpResponse<String> response = server.send(server.post("ROWS 0 0").header("X-DITTO-TXN-ID", "42"));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(TestServer.error(response, "code")).isEqualTo("http/transaction-not-available");
        assertThat(TestServer.error(response, "description")).contains("42");
        assertThat(server.database.executed).hasValue(0);
    }

    @Test
    void a_transaction_id_that_is_no_number_is_400() throws Exception {
        HttpResponse<String> response = server.send(server.post("ROWS 0 0").header("X-DITTO-TXN-ID", "last"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.error(response, "description"))
                .contains("X-DITTO-TXN-ID")
                .contains("last");
    }

    @Test
    void cbor_is_taken_and_given_where_it_is_asked_for() throws Exception {
        byte[] body = Cbor.encode(Value.Struct.builder()
                .put("statement", Value.of("ROWS 300 2"))
                .put(
                        "args",
                        Value.Struct.builder()
                                .put("b", new Value.Binary(new byte[] {1, 2}))
                                .build())
                .build());
        HttpResponse<byte[]> response = server.client.send(
                server.request("/api/v5/store/execute")
                        .setHeader("Content-Type", "application/cbor")
                        .header("Accept", "application/cbor")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/cbor");
        assertThat(server.database.arguments.get("b")).isEqualTo(new Value.Binary(new byte[] {1, 2}));
        Value.Struct envelope = (Value.Struct) Cbor.decode(response.body());
        assertThat(envelope.get("transactionId")).isEqualTo(Value.of(41));
        assertThat(((Value.Array) envelope.get("items")).elements()).hasSize(300);
    }

    @Test
    void cbor_answers_are_canonical_for_mutations_warnings_and_errors_too() throws Exception {
        for (String statement : new String[] {"INSERT a", "WARN 11", "FAIL query/invalid text", "ROWS 24 1"}) {
            HttpResponse<byte[]> response = server.client.send(
                    server.post(statement).header("Accept", "application/cbor").build(), BodyHandlers.ofByteArray());
            Value.Struct cbor = (Value.Struct) Cbor.decode(response.body());
            assertThat(cbor).isEqualTo(TestServer.envelope(server.execute(statement)));
        }
    }
}
