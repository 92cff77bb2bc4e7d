package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over entries of an index, in its order or reversed; holds a snapshot until closed. After {@link #next} was true the other
 * methods tell of that entry.
 *
 * <p>A field with variants of several types has an entry for each of them. Under {@link Typing#FLEXIBLE} a cursor gives only the
 * entries of visible documents with the values that are visible, so each document once, and {@link #key} and {@link #id} are enough
 * to answer with. Under another typing it may give more, and only {@link #row} tells which of them count.
 */
public interface IndexRows extends AutoCloseable {

    /** Moves to the next entry; false after the last one. */
    boolean next();

    /** The value of key number {@code i}, exactly as in the document ({@code 1} and {@code 1.0} are told apart). */
    Value key(int i);

    DocumentId id();

    /**
     * Reads the document. Null when it is not visible, or has not just these keys under this typing: so through its rows a scan gives
     * every document of its span once, and no other.
     */
    @Nullable
    Row row();

    /**
     * Moves before the first entry of another span of the same index, in the same order and snapshot, which costs less than opening it.
     *
     * @return false when that cannot be done; then nothing has changed
     */
    default boolean reset(Span span) {
        return false;
    }

    @Override
    void close();
}
