package io.ibid.server;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.peer.runtime.StatementTimeout;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a request was not served: what the client gets as {@code error}.
 *
 * @param status of HTTP
 * @param code stable, like {@code query/invalid}
 * @param description one sentence that names the thing
 * @param headers to send along, like {@code Allow}
 */
record Failure(int status, String code, String description, Map<String, String> headers) {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    Failure(int status, String code, String description) {
        this(status, code, description, Map.of());
    }

    Failure with(String header, String value) {
        return new Failure(status, code, description, Map.of(header, value));
    }

    Refusal refusal() {
        return new Refusal(this);
    }

    /** What an exception of the database means over HTTP. Failures that are not the client's are logged. */
    static Failure of(Throwable cause, Deadline deadline) {
        if (cause instanceof Refusal refusal) {
            return refusal.failure();
        }
        if (!(cause instanceof IbidException known)) {
            LOG.error("A request failed", cause);
            return new Failure(500, "internal", "internal error, see the server's log");
        }
        if (known instanceof StatementTimeout || (known.code() == ErrorCode.QUERY_EXECUTION && deadline.hasPassed())) {
            return timeout(deadline);
        }
        int status = status(known.code());
        if (status == 500) {
            LOG.error("A request failed", cause);
        }
        return new Failure(status, known.code().text(), String.valueOf(known.getMessage()));
    }

    static Failure timeout(Deadline deadline) {
        return new Failure(
                408,
                ErrorCode.QUERY_EXECUTION.text(),
                "the request was not done within " + deadline.limit().toSeconds() + " s");
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case QUERY_INVALID,
                    QUERY_EVALUATION,
                    QUERY_EXECUTION,
                    QUERY_UNSUPPORTED,
                    QUERY_PARAMETER,
                    QUERY_ARGUMENTS_INVALID,
                    STORE_DOCUMENT_ID,
                    STORE_CRDT,
                    STORE_TRANSACTION_READ_ONLY,
                    VALIDATION,
                    SDK_UNSUPPORTED -> 400;
            case STORE_CLOSED -> 503;
            default -> 500;
        };
    }
}
