package io.ibid.cli;

import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Statements over {@code POST /api/v5/store/execute}, which servers and peers with an HTTP port answer. */
public final class HttpStatementClient implements StatementClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI endpoint;
    private final @Nullable String apiKey;

    /**
     * A client for one database of one server.
     *
     * @param url {@code http://host:port}, with or without a path
     * @param database the database to name in the path; null: the server's only or default one
     */
    public HttpStatementClient(String url, @Nullable String database, @Nullable String apiKey) {
        this.endpoint = endpoint(url, database);
        this.apiKey = apiKey;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    private static URI endpoint(String url, @Nullable String database) {
        String base = url.replaceFirst("/+$", "");
        try {
            URI uri = new URI(base + (database == null ? "" : "/" + database) + "/api/v5/store/execute");
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            throw CommandFailure.usage("--url " + url + " is not a URL: " + malformed.getReason());
        }
        throw CommandFailure.usage("--url " + url + " is not a URL like http://127.0.0.1:4080");
    }

    @Override
    public Answer execute(String statement, Value.Struct arguments) {
        Value.Struct body = Value.Struct.builder()
                .put("statement", Value.of(statement))
                .put("args", arguments)
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.write(body).getBytes(StandardCharsets.UTF_8)));
        if (apiKey != null) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        HttpResponse<byte[]> response = send(request.build());
        return HttpAnswer.of(envelope(response));
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException | HttpConnectTimeoutException unreachable) {
            throw CommandFailure.failure("nobody answers at " + endpoint.getScheme() + "://" + endpoint.getAuthority());
        } catch (IOException broken) {
            throw CommandFailure.failure("the connection to " + endpoint.getAuthority() + " broke: " + broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failure("interrupted");
        }
    }

    private Value.Struct envelope(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        Value.Struct envelope = parse(response.body());
        String problem = envelope == null ? null : problem(envelope);
        if (status == 401) {
            throw CommandFailure.failure(
                    apiKey == null
                            ? "the server asks for an API key: add --api-key KEY"
                            : "the server refused the API key" + (problem == null ? "" : ": " + problem));
        }
        if (problem != null) {
            throw CommandFailure.failure(problem);
        }
        if (status != 200 || envelope == null) {
            throw CommandFailure.failure(
                    "the server at " + endpoint + " answered with HTTP status " + status + firstLine(response.body()));
        }
        return envelope;
    }

    private static Value.@Nullable Struct parse(byte[] body) {
        try {
            return Json.parse(body) instanceof Value.Struct envelope ? envelope : null;
        } catch (MalformedException notJson) {
            // A proxy answers in its own words; the caller shows them.
            return null;
        }
    }

    private static @Nullable String problem(Value.Struct envelope) {
        return envelope.get("error") instanceof Value.Struct error
                        && error.get("description") instanceof Value.Text description
                ? description.value()
                : null;
    }

    private static String firstLine(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : ": " + text.lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        http.close();
    }
}
