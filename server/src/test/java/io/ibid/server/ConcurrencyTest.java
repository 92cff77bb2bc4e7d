package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConcurrencyTest {
    @TempDir
    Path directory;

    @Test
    void hundreds_of_requests_at_once_get_their_own_answers() throws Exception {
        try (TestServer server = new TestServer(directory, TestServer.limits(Duration.ofSeconds(20), 4, 1000))) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                answers.add(server.client.sendAsync(server.post("INSERT id" + i).build(), BodyHandlers.ofString()));
            }
            for (int i = 0; i < answers.size(); i++) {
                HttpResponse<String> response = answers.get(i).get(20, TimeUnit.SECONDS);
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).contains("[\"id" + i + "\"]");
            }
            assertThat(server.database.open).hasValue(0);
        }
    }

    @Test
    void more_requests_than_threads_and_queue_take_are_503_with_retry_after() throws Exception {
        try (TestServer server = new TestServer(directory, TestServer.limits(Duration.ofSeconds(20), 1, 1))) {
            CompletableFuture<HttpResponse<String>> running =
                    server.client.sendAsync(server.post("HOLD").build(), BodyHandlers.ofString());
            assertThat(server.database.begun.await(5, TimeUnit.SECONDS)).isTrue();
            List<CompletableFuture<HttpResponse<String>>> more = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                more.add(server.client.sendAsync(server.post("ROWS 0 0").build(), BodyHandlers.ofString()));
            }
            CompletableFuture.anyOf(more.toArray(CompletableFuture[]::new)).get(5, TimeUnit.SECONDS);
            assertThat(server.client
                            .send(server.post("ROWS 0 0").build(), BodyHandlers.ofString())
                            .headers()
                            .firstValue("Retry-After"))
                    .contains("1");
            server.database.released.countDown();
            assertThat(running.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            List<Integer> statuses = new ArrayList<>();
            for (CompletableFuture<HttpResponse<String>> answer : more) {
                statuses.add(answer.get(5, TimeUnit.SECONDS).statusCode());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 503, 503);
        }
    }

    @Test
    void a_statement_that_gets_no_thread_in_time_is_408_and_never_runs() throws Exception {
        try (TestServer server = new TestServer(directory, TestServer.limits(Duration.ofMillis(600), 1, 8))) {
            CompletableFuture<HttpResponse<String>> running =
                    server.client.sendAsync(server.post("HOLD").build(), BodyHandlers.ofString());
            assertThat(server.database.begun.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(server.execute("INSERT a").statusCode()).isEqualTo(408);
            assertThat(server.database.executed).hasValue(1);
            server.database.released.countDown();
            assertThat(running.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void health_answers_while_every_thread_is_busy() throws Exception {
        try (TestServer server = new TestServer(directory, TestServer.limits(Duration.ofSeconds(20), 2, 1))) {
            List<CompletableFuture<HttpResponse<String>>> busy = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                busy.add(server.client.sendAsync(server.post("HOLD").build(), BodyHandlers.ofString()));
            }
            assertThat(server.database.begun.await(5, TimeUnit.SECONDS)).isTrue();
            long started = System.nanoTime();
            assertThat(server.send(server.request("/health")).statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
            server.database.released.countDown();
            for (CompletableFuture<HttpResponse<String>> answer : busy) {
                assertThat(answer.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void a_server_that_stops_asks_its_statements_to_end() throws Exception {
        TestServer server = new TestServer(directory, TestServer.limits(Duration.ofSeconds(20), 2, 1));
        CompletableFuture<HttpResponse<String>> running =
                server.client.sendAsync(server.post("WAIT").build(), BodyHandlers.ofString());
        assertThat(server.database.begun.await(5, TimeUnit.SECONDS)).isTrue();
        long started = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
        assertThat(running).isDone();
    }
}
