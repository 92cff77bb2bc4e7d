package io.ibid;

/** Something that holds resources until it is closed. */
public interface DittoResource extends AutoCloseable {

    /** Idempotent. */
    @Override
    void close();

    boolean isClosed();
}
