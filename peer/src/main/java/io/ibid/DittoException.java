package io.ibid;

import io.ibid.core.error.IbidException;
import java.io.Serializable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked for did not work. The message names the thing; {@link #getCode} is stable and made for programs. Every one is of
 * a nested class, whose {@code getReason()} says the same as the code, for switches over types.
 */
public abstract sealed class DittoException extends DittoError {
    private static final long serialVersionUID = 1L;

    private final String code;

    DittoException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Group and name, like {@code query/invalid} or {@code store/closed}. */
    public String getCode() {
        return code;
    }

    /** The exception of the API for one of the engine; anything else is a bug and stays what it is. */
    static DittoException of(RuntimeException cause) {
        if (cause instanceof CompletionException wrapped && wrapped.getCause() instanceof RuntimeException inner) {
            return of(inner);
        }
        if (!(cause instanceof IbidException known)) {
            throw cause;
        }
        return of(known.code().text(), String.valueOf(known.getMessage()), cause);
    }

    static DittoException of(String code, String message, @Nullable Throwable cause) {
        return switch (code.substring(0, code.indexOf('/'))) {
            case "query", "store" -> new StoreException(code, message, cause);
            case "transport", "sync" -> new TransportException(code, message, cause);
            case "validation" -> new ValidationException(code, message, cause);
            case "activation" -> new ActivationException(code, message, cause);
            case "authentication" -> new AuthenticationException(code, message, cause);
            case "presence" -> new PresenceException(code, message, cause);
            case "io" -> new IoException(code, message, cause);
            case "sdk" -> new UnsupportedException(code, message, cause);
            default -> new UnknownException(code, message, cause);
        };
    }

    /** Throws it although nothing declares it, so that a {@code catch} further out finds it. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler infers an unchecked exception for E
    static <E extends Exception> RuntimeException sneak(DittoException exception) throws E {
        throw (E) exception;
    }

    /** The licence token, which is never needed: codes {@code activation/…}. */
    public static final class ActivationException extends DittoException {
        private static final long serialVersionUID = 1L;

        ActivationException(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }

        public ActivationExceptionReason getReason() {
            return new ActivationExceptionReason.LicenseTokenVerificationFailed();
        }
    }

    /** Why an activation failed. */
    public sealed interface ActivationExceptionReason extends Serializable {
        record LicenseTokenExpired() implements ActivationExceptionReason {}

        record LicenseTokenUnsupportedFutureVersion() implements ActivationExceptionReason {}

        record LicenseTokenVerificationFailed() implements ActivationExceptionReason {}

        record NotActivated() implements ActivationExceptionReason {}

        record Unnecessary() implements ActivationExceptionReason {}
    }

    /** Logins: codes {@code authentication/…}. */
    public static final class AuthenticationException extends DittoException {
        private static final long serialVersionUID = 1L;

        AuthenticationException(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }

        public AuthenticationExceptionReason getReason() {
            return getCode().endsWith("/expiration-handler-missing")
                    ? new AuthenticationExceptionReason.ExpirationHandlerMissing()
                    : new AuthenticationExceptionReason.FailedToAuthenticate();
        }
    }

    /** Why a login failed. */
    public sealed interface AuthenticationExceptionReason extends Serializable {
        record ExpirationHandlerMissing() implements AuthenticationExceptionReason {}

        record FailedToAuthenticate() implements AuthenticationExceptionReason {}
    }

    /** The instance cannot go on: codes {@code internal/…}. */
    public static final class FatalException extends DittoException {
        private static final long serialVersionUID = 1L;

        FatalException(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }
    }

    /** Files of the application: codes {@code io/…}. */
    public static final class IoException extends DittoException {
        private static final long serialVersionUID = 1L;

        IoException(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }

        public IoExceptionReason getReason() {
            return switch (getCode()) {
                case "io/already-exists" -> new IoExceptionReason.AlreadyExists();
                case "io/not-found" -> new IoExceptionReason.NotFound();
                case "io/permission-denied" -> new IoExceptionReason.PermissionDenied();
                default -> new IoExceptionReason.OperationFailed();
            };
        }
    }

    /** What is wrong with a file. */
    public sealed interface IoExceptionReason extends Serializable {
        record AlreadyExists() implements IoExceptionReason {}

        record NotFound() implements IoExceptionReason {}

        record OperationFailed() implements IoExceptionReason {}

        record PermissionDenied() implements IoExceptionReason {}
    }

    /** Presence and its metadata: codes {@code presence/…}. */
    public static final class PresenceException extends DittoException {
        private static final long serialVersionUID = 1L;

        PresenceException(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }
    }

    /** A statement, a document or the store: codes {@code query/…} and {@code store/…}. */
    public static final class StoreException extends DittoException {
        private static final long serialVersionUID = 1L;

        StoreException(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }

        public StoreExceptionReason getReason() {
            return StoreReasons.of(getCode());
        }
    }

    /** What is wrong with a statement, a document or the store. This version gives not all of them. */
    public sealed interface StoreExceptionReason extends Serializable {
        record AttachmentCopyTargetAlreadyExists() implements StoreExceptionReason {}

        record AttachmentDataRetrievalError() implements StoreExceptionReason {}

        record AttachmentFileCopyError() implements StoreExceptionReason {}

        record AttachmentFileNotFound() implements StoreExceptionReason {}

        record AttachmentFilePermissionDenied() implements StoreExceptionReason {}

        record AttachmentNotFound() implements StoreExceptionReason {}

        record AttachmentTokenInvalid() implements StoreExceptionReason {}

        record BackendError() implements StoreExceptionReason {}

        record Closed() implements StoreExceptionReason {}

        record CrdtError() implements StoreExceptionReason {}

        record DocumentContentEncodingFailed() implements StoreExceptionReason {}

        record DocumentId() implements StoreExceptionReason {}

        record DocumentNotFound() implements StoreExceptionReason {}

        record FailedToCopyAttachment() implements StoreExceptionReason {}

        record FailedToCreateAttachment() implements StoreExceptionReason {}

        record FailedToDecodeCounter() implements StoreExceptionReason {}

        record FailedToDecodeData() implements StoreExceptionReason {}

        record FailedToDecodeDocument() implements StoreExceptionReason {}

        record FailedToDecodeValue() implements StoreExceptionReason {}

        record FailedToEncodeValue() implements StoreExceptionReason {}

        record FailedToFetchAttachment() implements StoreExceptionReason {}

        record FailedToGetDocumentData() implements StoreExceptionReason {}

        record FailedToGetDocumentIDData() implements StoreExceptionReason {}

        record FailedToInitializeDittoDirectory() implements StoreExceptionReason {}

        record InvalidCrdtType() implements StoreExceptionReason {}

        record InvalidDocumentStructure() implements StoreExceptionReason {}

        record PersistenceDirectoryLocked() implements StoreExceptionReason {}

        record QueryArgumentsInvalid() implements StoreExceptionReason {}

        record QueryEvaluation() implements StoreExceptionReason {}

        record QueryExecution() implements StoreExceptionReason {}

        record QueryInvalid() implements StoreExceptionReason {}

        record QueryNotSupported() implements StoreExceptionReason {}

        record QueryParameter() implements StoreExceptionReason {}

        record TransactionReadOnly() implements StoreExceptionReason {}

        record TransactionTimeout() implements StoreExceptionReason {}
    }

    /** Connections to other peers: codes {@code transport/…} and {@code sync/…}. */
    public static final class TransportException extends DittoException {
        private static final long serialVersionUID = 1L;

        TransportException(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }

        public TransportExceptionReason getReason() {
            return switch (getCode()) {
                case "transport/listen-failed" -> new TransportExceptionReason.ListenFailed();
                case "transport/identity-required" -> new TransportExceptionReason.IdentityRequired();
                case "transport/tls-required" -> new TransportExceptionReason.TlsRequired();
                default -> new TransportExceptionReason.Failed();
            };
        }
    }

    /** What is wrong with a connection. */
    public sealed interface TransportExceptionReason extends Serializable {
        record ListenFailed() implements TransportExceptionReason {}

        record IdentityRequired() implements TransportExceptionReason {}

        record TlsRequired() implements TransportExceptionReason {}

        record Failed() implements TransportExceptionReason {}
    }

    /** Something unforeseen. */
    public static final class UnknownException extends DittoException {
        private static final long serialVersionUID = 1L;

        UnknownException(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }
    }

    /** This version does not serve it: {@code sdk/unsupported}. */
    public static final class UnsupportedException extends DittoException {
        private static final long serialVersionUID = 1L;

        UnsupportedException(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }
    }

    /** A value or a setting is not what it has to be: codes {@code validation/…}. */
    public static final class ValidationException extends DittoException {
        private static final long serialVersionUID = 1L;

        ValidationException(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }

        public ValidationExceptionReason getReason() {
            return switch (getCode()) {
                case "validation/depth-limit-exceeded" -> new ValidationExceptionReason.DepthLimitExceeded();
                case "validation/invalid-cbor" -> new ValidationExceptionReason.InvalidCbor();
                case "validation/invalid-json" -> new ValidationExceptionReason.InvalidJson();
                case "validation/not-a-dictionary" -> new ValidationExceptionReason.NotADictionary();
                case "validation/not-json-compatible" -> new ValidationExceptionReason.NotJsonCompatible();
                case "validation/size-limit-exceeded" -> new ValidationExceptionReason.SizeLimitExceeded();
                case "validation/type-mismatch" -> new ValidationExceptionReason.TypeMismatch();
                default -> new ValidationExceptionReason.Invalid();
            };
        }

        /** A value is of another type than the one that was asked for. */
        public static ValidationException typeMismatch(String message) {
            return new ValidationException("validation/type-mismatch", message, null);
        }

        /** Text that should be JSON and is not. */
        public static ValidationException invalidJson(RuntimeException cause) {
            return new ValidationException("validation/invalid-json", String.valueOf(cause.getMessage()), cause);
        }

        /** Bytes that should be CBOR and are not. */
        public static ValidationException invalidCbor(RuntimeException cause) {
            return new ValidationException("validation/invalid-cbor", String.valueOf(cause.getMessage()), cause);
        }
    }

    /** What is wrong with a value or a setting. */
    public sealed interface ValidationExceptionReason extends Serializable {
        record DepthLimitExceeded() implements ValidationExceptionReason {}

        record InvalidCbor() implements ValidationExceptionReason {}

        record InvalidJson() implements ValidationExceptionReason {}

        record NotADictionary() implements ValidationExceptionReason {}

        record NotJsonCompatible() implements ValidationExceptionReason {}

        record SizeLimitExceeded() implements ValidationExceptionReason {}

        record TypeMismatch() implements ValidationExceptionReason {}

        record Invalid() implements ValidationExceptionReason {}
    }
}
