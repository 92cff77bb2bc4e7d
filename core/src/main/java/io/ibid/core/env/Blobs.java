package io.ibid.core.env;

import org.jspecify.annotations.Nullable;

/**
 * Files of attachment content, by name. Bytes never pass the loop: these calls are made from {@link Offload}. A blob is visible to
 * {@link #read} only once {@link Writing#finish} made it durable under its name.
 */
public interface Blobs {

    Writing append();

    /** Up to {@code length} bytes from {@code offset}; null when there is no such blob. */
    byte @Nullable [] read(String name, long offset, int length);

    void delete(String name);

    /** A blob under construction; lost at a crash. */
    interface Writing extends AutoCloseable {
        void write(byte[] bytes, int offset, int length);

        /** Makes the content durable under {@code name}. */
        void finish(String name);

        /** Discards what was not finished. */
        @Override
        void close();
    }
}
