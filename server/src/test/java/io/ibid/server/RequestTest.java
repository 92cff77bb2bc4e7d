package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a request before any statement runs. */
final class RequestTest {
    private static final String PATH = "/api/v5/store/execute";
    private static final String BODY = "{\"statement\":\"ROWS 0 0\"}";

    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void open() {
        server = new TestServer(directory, TestServer.limits(Duration.ofSeconds(5), 4, 8));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(server.uri(path)).timeout(Duration.ofSeconds(20));
    }

    @Test
    void health_needs_no_key() throws Exception {
        HttpResponse<String> response = server.send(bare("/health"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void a_missing_key_is_401_and_says_how_to_send_one() throws Exception {
        HttpResponse<String> response = server.send(bare(PATH).POST(BodyPublishers.ofString(BODY)));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(TestServer.error(response, "code")).isEqualTo("authentication/failed-to-authenticate");
        assertThat(TestServer.error(response, "description")).contains("Authorization: Bearer KEY");
        assertThat(server.database.executed).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer another key of this test", "another key of this test", "Bearer ", "Bearer", "Basic YTpi"
            })
    void a_wrong_key_is_401(String authorization) throws Exception {
        HttpResponse<String> response =
                server.send(bare(PATH).header("Authorization", authorization).POST(BodyPublishers.ofString(BODY)));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(TestServer.envelope(response).get("queryType").toString()).contains("unknown");
        assertThat(server.database.executed).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer " + TestServer.KEY, "bearer  " + TestServer.KEY, TestServer.KEY})
    void the_key_is_taken_with_and_without_bearer(String authorization) throws Exception {
        HttpResponse<String> response =
                server.send(bare(PATH).header("Authorization", authorization).POST(BodyPublishers.ofString(BODY)));
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/, nothing is served at /",
        "/api/v5/store/find, nothing is served at /api/v5/store/find",
        "/api/v3/store/execute, the API has the versions v4 and v5",
        "/other/api/v5/store/execute, this server has no database other",
        "/demo, nothing is served at /demo",
        "/health/, nothing is served at /health/"
    })
    void an_unknown_path_is_404_and_named(String path, String reason) throws Exception {
        HttpResponse<String> response = server.send(server.request(path).POST(BodyPublishers.ofString(BODY)));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(TestServer.error(response, "description")).startsWith(reason);
    }

    @ParameterizedTest
    @CsvSource({"GET," + PATH + ",POST", "PUT," + PATH + ",POST", "DELETE," + PATH + ",POST", "POST,/health,GET"})
    void a_wrong_method_is_405_with_the_right_one(String method, String path, String allowed) throws Exception {
        HttpResponse<String> response = server.send(server.request(path).method(method, BodyPublishers.ofString(BODY)));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains(allowed);
        assertThat(TestServer.error(response, "description")).contains(method).contains(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"})
    void a_body_of_another_type_is_415(String type) throws Exception {
        HttpResponse<String> response =
                server.send(server.request(PATH).setHeader("Content-Type", type).POST(BodyPublishers.ofString(BODY)));
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(TestServer.error(response, "description")).contains(type);
    }

    @Test
    void a_body_without_a_type_is_read_as_json() throws Exception {
        HttpResponse<String> response =
                server.send(bare(PATH).header("Authorization", TestServer.KEY).POST(BodyPublishers.ofString(BODY)));
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"statement\":           | line 1",
                "{\"statement\":\"a\",}    | line 1",
                "''                        | line 1",
                "[]                        | an object with a \"statement\"",
                "{}                        | needs \"statement\"",
                "{\"statement\":1}         | needs \"statement\"",
                "{\"statement\":\"a\",\"args\":[1]} | \"args\" must be an object"
            })
    void a_malformed_body_is_400_and_says_why(String body, String reason) throws Exception {
        HttpResponse<String> response = server.send(server.request(PATH).POST(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.error(response, "description")).contains(reason);
        assertThat(TestServer.error(response, "code")).isIn("validation/invalid", "query/arguments-invalid");
    }

    @Test
    void invalid_utf_8_and_absurd_nesting_are_400() throws Exception {
        byte[] broken = {'{', '"', (byte) 0xC3, '"', ':', '1', '}'};
        assertThat(server.send(server.request(PATH).POST(BodyPublishers.ofByteArray(broken)))
                        .statusCode())
                .isEqualTo(400);
        String nested =
                "{\"statement\":\"ROWS 0 0\",\"args\":{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}";
        assertThat(server.send(server.request(PATH).POST(BodyPublishers.ofString(nested)))
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024 * 1024 + 1, 3 * 1024 * 1024})
    void a_body_above_the_limit_is_413_with_and_without_its_length(int bytes) throws Exception {
        byte[] body = new byte[bytes];
        HttpResponse<String> counted = server.send(server.request(PATH).POST(BodyPublishers.ofByteArray(body)));
        assertThat(counted.statusCode()).isEqualTo(413);
        assertThat(TestServer.error(counted, "description")).isEqualTo("the body is larger than the limit of 1 MiB");
        HttpResponse<String> chunked = server.send(server.request(PATH)
                .POST(BodyPublishers.ofInputStream(() -> (InputStream) new ByteArrayInputStream(body))));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(server.execute("ROWS 0 0").statusCode()).isEqualTo(200);
    }

    @Test
    void a_body_of_exactly_the_limit_is_read() throws Exception {
        byte[] body = new byte[1024 * 1024];
        java.util.Arrays.fill(body, (byte) ' ');
        System.arraycopy(BODY.getBytes(StandardCharsets.UTF_8), 0, body, 0, BODY.length());
        assertThat(server.send(server.request(PATH).POST(BodyPublishers.ofByteArray(body)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send(server.request(PATH)
                                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_client_that_asks_before_it_sends_too_much_is_told_at_once() throws Exception {
        String response = raw("POST " + PATH + " HTTP/1.1\r\nHost: a\r\nAuthorization: " + TestServer.KEY
                + "\r\nContent-Length: 2000000000\r\nExpect: 100-continue\r\n\r\n");
        assertThat(response)
                .startsWith("HTTP/1.1 413 ")
                .contains("the limit of 1 MiB")
                .doesNotContain("100 Continue");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET /health HTTP/3.0\r\nHost: a\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST " + PATH + " HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n",
                "POST " + PATH + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nAuthorization: "
                        + TestServer.KEY + "\r\n\r\nzzz\r\n"
            })
    void what_is_no_http_gets_an_error_or_the_end_and_harms_nobody(String request) throws Exception {
        String response = raw(request);
        assertThat(response).matches("(?s)|HTTP/1.1 [45].*");
        assertThat(server.execute("ROWS 0 0").statusCode()).isEqualTo(200);
    }

    /** Sends bytes and reads until the server closes. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.endpoint.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
