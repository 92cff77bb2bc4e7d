package io.ibid.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Takes every request, finds out what it is for and sends what came of it. Runs in the connection's thread. */
final class Dispatcher implements Handler {
    private static final byte[] HEALTHY = "{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8);

    private final String databaseId;
    private final ExecuteHandler executeHandler;

    Dispatcher(String databaseId, ExecuteHandler executeHandler) {
        this.databaseId = databaseId;
        this.executeHandler = executeHandler;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Format format =
                Format.ofAccept(request.headers().first(HeaderNames.ACCEPT).orElse(null));
        ClientWatch client = ClientWatch.current();
        try {
            switch (Route.of(request.path().rawPath(), databaseId)) {
                case Route.Health health -> {
                    requireMethod(request, Method.GET);
                    response.header(HeaderNames.CONTENT_TYPE, Format.JSON.mediaType());
                    response.send(HEALTHY);
                }
                case Route.Execute(boolean strict) -> {
                    requireMethod(request, Method.POST);
                    try (Answer answer = executeHandler.execute(request, strict, format, client)) {
                        send(answer, format, client, response);
                    }
                }
                case Route.Unknown(String reason) -> throw new Failure(404, "http/not-found", reason).refusal();
            }
        } catch (Refusal refusal) {
            send(Answer.failed(QueryType.UNKNOWN, refusal.failure()), format, client, response);
        } catch (ClientGoneException e) {
            throw new CloseConnectionException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloseConnectionException("the server stops", e);
        }
        closeIfSaid(request, response);
    }

    private static void requireMethod(ServerRequest request, Method allowed) {
        Method method = request.prologue().method();
        if (!method.equals(allowed)) {
            throw new Failure(
                            405,
                            "http/method-not-allowed",
                            method.text() + " is not possible here, " + allowed.text() + " is")
                    .with("Allow", allowed.text())
                    .refusal();
        }
    }

    private static void send(Answer answer, Format format, ClientWatch client, ServerResponse response) {
        Summary summary = answer.summary();
        byte[] head = format.head(summary);
        byte[] tail = format.tail(summary);
        Spool rows = answer.rows();
        response.status(Status.create(answer.status()));
        response.header(HeaderNames.CONTENT_TYPE, format.mediaType());
        if (summary.commitId() != null) {
            response.header(ExecuteHandler.TRANSACTION_ID, Long.toString(summary.commitId()));
        }
        if (summary.failure() != null) {
            summary.failure().headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        }
        if (client.hasBegun()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        response.contentLength(head.length + (rows == null ? 0 : rows.size()) + tail.length);
        try (OutputStream out = response.outputStream()) {
            out.write(head);
            if (rows != null) {
                rows.sendTo(out);
            }
            out.write(tail);
            out.flush();
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("the client closed the connection", e);
        }
    }

    /** The web server announces that it closes a connection, but leaves the doing to the client. */
    private static void closeIfSaid(ServerRequest request, ServerResponse response) {
        if (response.headers().contains(HeaderValues.CONNECTION_CLOSE)
                || request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("this was the last request of its connection");
        }
    }
}
