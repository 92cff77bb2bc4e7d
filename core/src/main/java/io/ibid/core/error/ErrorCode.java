package io.ibid.core.error;

/** The stable codes of {@link IbidException}. The text is what users, HTTP bodies and the SDK see; it never changes. */
public enum ErrorCode {
    QUERY_INVALID("query/invalid"),
    QUERY_EVALUATION("query/evaluation"),
    QUERY_EXECUTION("query/execution"),
    QUERY_UNSUPPORTED("query/unsupported"),
    QUERY_PARAMETER("query/parameter"),
    QUERY_ARGUMENTS_INVALID("query/arguments-invalid"),
    STORE_BACKEND("store/backend"),
    STORE_CLOSED("store/closed"),
    STORE_CRDT("store/crdt"),
    STORE_CORRUPT("store/corrupt"),
    STORE_FORMAT("store/format"),
    STORE_DOCUMENT_ID("store/document-id"),
    STORE_DIRECTORY_LOCKED("store/persistence-directory-locked"),
    STORE_TRANSACTION_READ_ONLY("store/transaction-read-only"),
    STORE_TRANSACTION_TIMEOUT("store/transaction-timeout"),
    STORE_ATTACHMENT_FILE_NOT_FOUND("store/attachment-file-not-found"),
    STORE_ATTACHMENT_FILE_PERMISSION_DENIED("store/attachment-file-permission-denied"),
    STORE_ATTACHMENT_NOT_FOUND("store/attachment-not-found"),
    STORE_ATTACHMENT_TOKEN_INVALID("store/attachment-token-invalid"),
    STORE_FAILED_TO_CREATE_ATTACHMENT("store/failed-to-create-attachment"),
    STORE_FAILED_TO_FETCH_ATTACHMENT("store/failed-to-fetch-attachment"),
    IO_ALREADY_EXISTS("io/already-exists"),
    IO_NOT_FOUND("io/not-found"),
    IO_OPERATION_FAILED("io/operation-failed"),
    IO_PERMISSION_DENIED("io/permission-denied"),
    SYNC_PROTOCOL("sync/protocol"),
    TRANSPORT_LISTEN_FAILED("transport/listen-failed"),
    TRANSPORT_IDENTITY_REQUIRED("transport/identity-required"),
    TRANSPORT_TLS_REQUIRED("transport/tls-required"),
    AUTHENTICATION_FAILED("authentication/failed-to-authenticate"),
    VALIDATION("validation/invalid"),
    SDK_UNSUPPORTED("sdk/unsupported");

    private final String text;

    ErrorCode(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
