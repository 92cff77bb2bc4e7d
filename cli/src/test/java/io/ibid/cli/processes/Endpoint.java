package io.ibid.cli.processes;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The HTTP side of a process. Any thread. */
final class Endpoint {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;

    Endpoint(String url) {
        this.base = URI.create(url);
    }

    /** An answer of any status. */
    record Reply(int status, String body) {
        Value.Struct json() {
            return (Value.Struct) Json.parse(body);
        }

        /** The rows of a SELECT that succeeded. */
        List<Value.Struct> items() {
            if (status != 200) {
                throw new AssertionError("HTTP status " + status + ": " + body);
            }
            return ((Value.Array) json().get("items"))
                    .elements().stream().map(Value.Struct.class::cast).toList();
        }

        String error() {
            return json().get("error") instanceof Value.Struct error
                            && error.get("description") instanceof Value.Text description
                    ? description.value()
                    : "";
        }
    }

    URI uri(String path) {
        return base.resolve(path);
    }

    int port() {
        return base.getPort();
    }

    Reply execute(String statement, Value.Struct arguments) throws IOException {
        return post(Json.write(Value.Struct.builder()
                .put("statement", Value.of(statement))
                .put("args", arguments)
                .build()));
    }

    /** Runs a statement that must succeed. */
    Reply require(String statement) throws IOException {
        Reply reply = execute(statement, Value.Struct.EMPTY);
        if (reply.status() != 200) {
            throw new AssertionError(statement + ": HTTP status " + reply.status() + ": " + reply.body());
        }
        return reply;
    }

    Reply post(String body) throws IOException {
        return send(request().POST(BodyPublishers.ofString(body)).build());
    }

    /** A request to execute a statement, with everything but its body. */
    HttpRequest.Builder request() {
        return HttpRequest.newBuilder(base.resolve("/api/v5/store/execute"))
                .header("Authorization", "Bearer " + Child.API_KEY)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60));
    }

    private static Reply send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static HttpClient client() {
        return CLIENT;
    }
}
