package io.ibid.core.env;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Files of attachment content, by name. Bytes never pass the loop: these calls block and are made from {@link Offload} or by an
 * application's own thread; all but those of one {@link Writing} from any thread. Failures are {@code store/backend}, naming the file.
 */
public interface Blobs {

    /** A new file, written from its beginning. */
    Writing append();

    /** Up to {@code length} bytes from {@code offset}; null when there is no finished file of this name. */
    byte @Nullable [] read(String name, long offset, int length);

    /** The size of a finished file, negative when there is none. */
    long length(String name);

    /** Removes the file of this name, finished or partial. No effect when there is none. */
    void delete(String name);

    /** The file that is being put together under this name, created when there is none. What was synced outlives the process. */
    Partial partial(String name);

    /** Deletes every other file, those of an earlier process that were under construction too. */
    void retain(Predicate<String> isFinished, Predicate<String> isPartial);

    /** A file under construction; lost at a crash. */
    interface Writing extends AutoCloseable {
        void write(byte[] bytes, int offset, int length);

        /** Makes the content durable under {@code name}, in the place of what is there. */
        void finish(String name);

        /** Discards what was not finished. Idempotent. */
        @Override
        void close();
    }

    /** A file that is written in any order. Any thread. */
    interface Partial extends AutoCloseable {
        /** Up to the last byte that was ever written. */
        long length();

        void write(long position, byte[] bytes, int offset, int length);

        /** Up to {@code length} bytes from {@code position}. */
        byte[] read(long position, int length);

        /** Makes what was written durable. */
        void sync();

        /** Makes it durable as a finished file, and closes it. */
        void finish();

        /** Keeps what is there for the next time. Idempotent. */
        @Override
        void close();
    }
}
