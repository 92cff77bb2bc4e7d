package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LongAnswerTest {
    @TempDir
    Path directory;

    private TestServer server;

    @BeforeEach
    void open() {
        server = new TestServer(directory, TestServer.limits(Duration.ofSeconds(5), 1, 8));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void an_answer_longer_than_the_memory_of_a_spool_arrives_whole() throws Exception {
        HttpResponse<String> response = server.execute("ROWS 3000 1000");
        assertThat(response.statusCode()).isEqualTo(200);
        Value.Array items = (Value.Array) TestServer.envelope(response).get("items");
        assertThat(items.elements()).hasSize(3000);
        assertThat(((Value.Struct) items.elements().getLast()).get("_id")).isEqualTo(Value.of(2999));
        assertThat(leftovers()).isZero();
    }

    @Test
    void an_answer_above_the_limit_is_400_names_the_limit_and_leaves_nothing_behind() throws Exception {
        HttpResponse<String> response = server.execute("ROWS 5000 1000");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.error(response, "code")).isEqualTo("query/execution");
        assertThat(TestServer.error(response, "description"))
                .matches(
                        "query result is too large: its first 4\\d{3} documents fill the limit of 4 MiB for an answer; add LIMIT");
        assertThat(server.database.open).hasValue(0);
        assertThat(leftovers()).isZero();
    }

    @Test
    void a_slow_reader_holds_neither_the_database_nor_a_thread() throws Exception {
        try (Socket socket = send("ROWS 3500 1000")) {
            InputStream in = socket.getInputStream();
            assertThat((char) in.read()).isEqualTo('H');
            // There is one thread only; it has to be free although the answer has not been read.
            assertThat(server.execute("ROWS 1 1").statusCode()).isEqualTo(200);
            assertThat(server.database.open).hasValue(0);
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).endsWith("\"totalWarningsCount\":0}");
        }
    }

    @Test
    void a_reader_that_goes_away_in_the_middle_harms_nobody() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = send("ROWS 3500 1000")) {
                assertThat((char) socket.getInputStream().read()).isEqualTo('H');
            }
        }
        assertThat(server.execute("ROWS 1 1").statusCode()).isEqualTo(200);
        assertThat(server.database.open).hasValue(0);
    }

    @Test
    void a_statement_ends_when_its_client_goes_away() throws Exception {
        try (Socket socket = send("WAIT")) {
            assertThat(server.database.begun.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.isConnected()).isTrue();
        }
        assertThat(server.database.cancelled.await(2, TimeUnit.SECONDS)).isTrue();
        assertThat(server.execute("ROWS 1 1").statusCode()).isEqualTo(200);
    }

    @Test
    void a_statement_goes_on_while_its_client_waits() throws Exception {
        try (Socket socket = send("HOLD")) {
            assertThat(server.database.begun.await(5, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(700); // long enough to be watched
            server.database.released.countDown();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("Connection: close");
        }
    }

    @Test
    void a_client_uses_its_connection_again_after_short_statements_and_gets_another_after_long_ones() throws Exception {
        assertThat(server.execute("ROWS 1 1").headers().firstValue("Connection"))
                .contains("keep-alive");
        CompletableFuture<HttpResponse<String>> held =
                server.client.sendAsync(server.post("HOLD").build(), BodyHandlers.ofString());
        Thread.sleep(700);
        server.database.released.countDown();
        assertThat(held.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            assertThat(server.execute("ROWS 1 1").statusCode()).isEqualTo(200);
        }
    }

    private Socket send(String statement) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(32 * 1024);
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.endpoint.port()));
        String body = "{\"statement\":\"" + statement + "\"}";
        String request = "POST /api/v5/store/execute HTTP/1.1\r\nHost: a\r\nAuthorization: " + TestServer.KEY
                + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private long leftovers() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
