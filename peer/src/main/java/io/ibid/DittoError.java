package io.ibid;

import org.jspecify.annotations.Nullable;

/** The old name of {@link DittoException}; everything thrown is one of those. */
public abstract sealed class DittoError extends Exception permits DittoException {
    private static final long serialVersionUID = 1L;

    DittoError(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
