package io.ibid;

/** Something that goes on until it is cancelled. */
public interface DittoAsyncCancellable extends AutoCloseable {

    /** No call begins any more. Idempotent. */
    void cancel();

    /** The same as {@link #cancel()}. */
    @Override
    default void close() {
        cancel();
    }
}
