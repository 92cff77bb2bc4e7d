package io.ibid.server;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** A server on a free loopback port and a client with real sockets. */
final class TestServer implements AutoCloseable {
    static final String KEY = "a key of this test";

    final ScriptedDatabase database;
    final HttpEndpoint endpoint;
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    TestServer(Path directory, Limits limits) {
        database = new ScriptedDatabase(directory);
        endpoint = HttpEndpoint.open(database, "127.0.0.1", 0, ApiKey.of(KEY), limits);
    }

    static Limits limits(Duration timeout, int threads, int queueLength) {
        return new Limits(1024 * 1024, 4L * Limits.MIB, 4096, timeout, Duration.ofMillis(150), threads, queueLength);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + endpoint.port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> execute(String statement) throws IOException, InterruptedException {
        return send(post(statement));
    }

    HttpRequest.Builder post(String statement) {
        Value.Struct body =
                Value.Struct.builder().put("statement", Value.of(statement)).build();
        return request("/api/v5/store/execute").POST(BodyPublishers.ofString(Json.write(body)));
    }

    static Value.Struct envelope(HttpResponse<String> response) {
        return (Value.Struct) Json.parse(response.body());
    }

    /** A field of {@code error}. */
    static String error(HttpResponse<String> response, String field) {
        return envelope(response).get("error") instanceof Value.Struct error
                        && error.get(field) instanceof Value.Text(String text)
                ? text
                : "none in " + response.body();
    }

    @Override
    public void close() {
        database.released.countDown();
        endpoint.close(); // first: the client would wait for its open requests
        client.close();
    }
}
