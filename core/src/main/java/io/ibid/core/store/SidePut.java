package io.ibid.core.store;

import org.jspecify.annotations.Nullable;

/**
 * A value that is written in the batch of a change without being part of a document: a resume token, an acknowledgement. Opaque to
 * apply, which prepends the number of the commit (the head's, if the change makes none) to the value. Owns its arrays.
 *
 * @param value null removes the key
 */
@SuppressWarnings("ArrayRecordComponent")
public record SidePut(byte[] key, byte @Nullable [] value) {

    /** The resume token of a supplier; null bytes void it. */
    public static SidePut token(StoreId supplier, byte @Nullable [] bytes) {
        return new SidePut(Keys.token(supplier), bytes);
    }
}
