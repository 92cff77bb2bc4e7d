package io.ibid;

import io.ibid.core.error.IbidException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Something that was asked for did not work. The message names the thing; {@link #getCode} is stable and made for programs. */
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
        String code = known.code().text();
        String message = String.valueOf(known.getMessage());
        return switch (code.substring(0, code.indexOf('/'))) {
            case "query", "store" -> new StoreException(code, message, cause);
            case "transport", "sync" -> new TransportException(code, message, cause);
            case "validation" -> new ValidationException(code, message, cause);
            default -> new UnsupportedException(code, message, cause);
        };
    }

    /** Throws it although nothing declares it, so that a {@code catch} further out finds it. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler infers an unchecked exception for E
    static <E extends Exception> RuntimeException sneak(DittoException exception) throws E {
        throw (E) exception;
    }

    /** A statement, a document or the store: codes {@code query/…} and {@code store/…}. */
    public static final class StoreException extends DittoException {
        private static final long serialVersionUID = 1L;

        StoreException(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }
    }

    /** Connections to other peers: codes {@code transport/…} and {@code sync/…}. */
    public static final class TransportException extends DittoException {
        private static final long serialVersionUID = 1L;

        TransportException(String code, String message, @Nullable Throwable cause) {
            super(code, message, cause);
        }
    }

    /** A value or a setting is not what it has to be: codes {@code validation/…}. */
    public static final class ValidationException extends DittoException {
        private static final long serialVersionUID = 1L;

        public ValidationException(String code, String message, @Nullable Throwable cause) {
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
}
