package io.ibid.core.error;

import org.jspecify.annotations.Nullable;

/**
 * An operating error: something outside the program (input, disk, partner, limit) is wrong, and the message names it. A broken
 * invariant of our own is an {@link AssertionError} instead and stops the instance.
 */
public class IbidException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public IbidException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public IbidException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
