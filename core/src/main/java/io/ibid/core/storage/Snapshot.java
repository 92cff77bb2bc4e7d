package io.ibid.core.storage;

import org.jspecify.annotations.Nullable;

/** An immutable view of a storage. May be read by several threads at once; each cursor by one. */
public interface Snapshot extends AutoCloseable {

    /** The value, or null. The array is the caller's. */
    byte @Nullable [] get(byte[] key);

    /**
     * A cursor over {@code from <= key < to}, before its first entry; {@code to} null = to the end of the key space.
     *
     * @param reverse true: from the greatest key down
     */
    Cursor scan(byte[] from, byte @Nullable [] to, boolean reverse);

    /**
     * Roughly how much lies in {@code from <= key < to}, for choosing between ranges: in a unit of the backend's own, so that it can only be
     * compared with other ranges of the same snapshot. A few looks, however much it is.
     */
    long weight(byte[] from, byte[] to);

    @Override
    void close();
}
