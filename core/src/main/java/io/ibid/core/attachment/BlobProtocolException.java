package io.ibid.core.attachment;

/** The partner said what it must not say. */
public final class BlobProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BlobProtocolException(String message) {
        super(message);
    }
}
