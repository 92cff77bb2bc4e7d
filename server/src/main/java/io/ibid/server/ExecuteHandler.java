package io.ibid.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/** Serves one request to execute a statement, from its headers to its answer. Runs in the connection's thread. */
final class ExecuteHandler {
    static final HeaderName TRANSACTION_ID = HeaderNames.create("X-DITTO-TXN-ID");

    private final ServedDatabase database;
    private final Limits limits;
    private final ApiKey apiKey;
    private final StatementPool pool;
    private final StatementRunner runner;
    private final BodyBudget bodies;

    ExecuteHandler(ServedDatabase database, Limits limits, ApiKey apiKey, StatementPool pool) {
        this.database = database;
        this.limits = limits;
        this.apiKey = apiKey;
        this.pool = pool;
        this.bodies = BodyBudget.ofHeap(limits);
        this.runner = new StatementRunner(database, limits);
    }

    Answer execute(ServerRequest request, boolean strict, Format format, ClientWatch client)
            throws InterruptedException {
        apiKey.require(header(request, HeaderNames.AUTHORIZATION));
        Format bodyFormat = bodyFormat(request);
        Long atLeast = transactionId(request);
        try (BodyBudget.Share memory = bodies.share()) {
            byte[] body = RequestBody.read(request, limits.bodyBytesMax(), memory);
            Deadline deadline = Deadline.in(limits.timeout());
            if (atLeast != null) {
                awaitCommit(atLeast);
            }
            return pool.run(
                    interest -> runner.run(
                            body, new StatementRunner.Wish(strict, bodyFormat, format, deadline, interest::isGone)),
                    deadline,
                    client);
        }
    }

    private static Format bodyFormat(ServerRequest request) {
        String contentType = header(request, HeaderNames.CONTENT_TYPE);
        Format format = Format.ofContentType(contentType);
        if (format == null) {
            throw new Failure(
                            415,
                            "http/unsupported-media-type",
                            "the body must be application/json (UTF-8) or application/cbor, not " + contentType)
                    .refusal();
        }
        return format;
    }

    private static @Nullable Long transactionId(ServerRequest request) {
        String text = header(request, TRANSACTION_ID);
        if (text == null) {
            return null;
        }
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new Failure(400, "http/invalid-header", "X-DITTO-TXN-ID must be an integer, not " + text).refusal();
        }
    }

    private void awaitCommit(long commitId) throws InterruptedException {
        if (!database.awaitCommit(commitId, limits.commitWait().toMillis())) {
            throw new Failure(
                            404,
                            "http/transaction-not-available",
                            "transaction " + commitId + " was not reached here within "
                                    + limits.commitWait().toMillis() + " ms")
                    .refusal();
        }
    }

    private static @Nullable String header(ServerRequest request, HeaderName name) {
        return request.headers().first(name).orElse(null);
    }
}
