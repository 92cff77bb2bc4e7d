package io.ibid.cli.client;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Statements over {@code POST /api/v5/store/execute}, which servers and peers with an HTTP port answer. */
public final class HttpStatementClient implements StatementClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final long POLL_MS = 1_000;
    private static final int PROBLEM_BYTES_MAX = 1 << 20;

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
    public Answer execute(String statement, Value.Struct arguments, Cancellation cancellation) {
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
        HttpResponse<InputStream> response = send(request.build(), cancellation);
        if (response.statusCode() != 200) {
            throw refusal(response);
        }
        HttpAnswer answer =
                new HttpAnswer(new Envelope(new BufferedInputStream(response.body(), 1 << 16), cancellation));
        try {
            answer.requireSuccess();
        } catch (CommandFailure failure) {
            answer.close();
            throw failure;
        }
        return answer;
    }

    /** Sends the request and waits for the answer's head. A server notices a client that goes away, and stops a query. */
    private HttpResponse<InputStream> send(HttpRequest request, Cancellation cancellation) {
        CompletableFuture<HttpResponse<InputStream>> sent = http.sendAsync(request, BodyHandlers.ofInputStream());
        cancellation.whenRequested(() -> sent.cancel(true));
        try {
            HttpResponse<InputStream> response = sent.get();
            cancellation.whenRequested(() -> abort(response));
            return response;
        } catch (CancellationException cancelled) {
            throw Envelope.cancelled();
        } catch (ExecutionException failed) {
            throw unanswered(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            sent.cancel(true);
            throw CommandFailure.failure("interrupted");
        }
    }

    private static void abort(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException alreadyBroken) {
            // Whoever reads it gets the same news.
        }
    }

    private CommandFailure unanswered(@Nullable Throwable cause) {
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return CommandFailure.failure("nobody answers at " + place());
        }
        return CommandFailure.failure("the connection to " + endpoint.getAuthority() + " broke: " + cause);
    }

    private CommandFailure refusal(HttpResponse<InputStream> response) {
        byte[] body;
        try (InputStream stream = response.body()) {
            body = stream.readNBytes(PROBLEM_BYTES_MAX);
        } catch (IOException broken) {
            return unanswered(broken);
        }
        String problem = problem(body);
        if (response.statusCode() == 401) {
            return CommandFailure.failure(
                    apiKey == null
                            ? "the server asks for an API key: add --api-key KEY"
                            : "the server refused the API key" + (problem == null ? "" : ": " + problem));
        }
        if (problem != null) {
            return CommandFailure.failure(problem);
        }
        return CommandFailure.failure(
                "the server at " + endpoint + " answered with HTTP status " + response.statusCode() + firstLine(body));
    }

    /** What the server says is wrong, null when it is something in between that answers, in its own words. */
    private static @Nullable String problem(byte[] body) {
        try {
            return Json.parse(body) instanceof Value.Struct envelope
                            && envelope.get("error") instanceof Value.Struct error
                            && error.get("description") instanceof Value.Text description
                    ? description.value()
                    : null;
        } catch (MalformedException notJson) {
            return null;
        }
    }

    private static String firstLine(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : ": " + text.lines().findFirst().orElse("");
    }

    @Override
    public Watch watch(String statement, Value.Struct arguments, WatchListener listener) {
        PollingWatch watch = new PollingWatch(() -> execute(statement, arguments), POLL_MS, listener);
        watch.start();
        return watch;
    }

    @Override
    public String place() {
        return endpoint.getScheme() + "://" + endpoint.getAuthority();
    }

    @Override
    public long watchIntervalMs() {
        return POLL_MS;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
