package io.ibid;

/** A call on something closed that declares no exception. */
public final class DittoClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    DittoClosedException(String message) {
        super(message);
    }
}
