package io.ibid.core.storage;

/** Walks a key range. {@link #next} first, then {@link #key} and {@link #value}. One thread. Must be closed before its snapshot. */
public interface Cursor extends AutoCloseable {

    /** Moves to the next entry; false at the end. */
    boolean next();

    /** The current key. The array is the caller's. */
    byte[] key();

    /** The current value. The array is the caller's. */
    byte[] value();

    /** Moves so that the next {@link #next} gives the first entry at or beyond {@code key} in the cursor's direction. */
    void seek(byte[] key);

    @Override
    void close();
}
