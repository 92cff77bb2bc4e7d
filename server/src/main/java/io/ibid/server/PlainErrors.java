package io.ibid.server;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

/** Gives what the web server itself refuses (a broken request line, a header too long) the same body as any other failure. */
final class PlainErrors implements DirectHandler {
    private final int bodyBytesMax;

    private PlainErrors(int bodyBytesMax) {
        this.bodyBytesMax = bodyBytesMax;
    }

    static DirectHandlers handlers(Limits limits) {
        PlainErrors handler = new PlainErrors(limits.bodyBytesMax());
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        Summary summary = Summary.failed(QueryType.UNKNOWN, failure(status, message));
        byte[] head = Format.JSON.head(summary);
        byte[] tail = Format.JSON.tail(summary);
        byte[] body = new byte[head.length + tail.length];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(tail, 0, body, head.length, tail.length);
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, Format.JSON.mediaType())
                .keepAlive(false)
                .entity(body)
                .build();
    }

    private Failure failure(Status status, @Nullable String message) {
        String description = message == null || message.isBlank() ? status.reasonPhrase() : message;
        return switch (status.code()) {
            case 413 -> RequestBody.tooLarge(bodyBytesMax);
            case 503 -> new Failure(503, "http/unavailable", description);
            default ->
                status.code() < 500
                        ? new Failure(status.code(), "http/bad-request", description)
                        : new Failure(status.code(), "internal", "internal error, see the server's log");
        };
    }
}
