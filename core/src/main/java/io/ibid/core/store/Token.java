package io.ibid.core.store;

/**
 * A resume token: what this store has of a supplier, in the words of {@code sync}. It is written in the batch of the data that it
 * speaks of, so it is exact. Immutable.
 *
 * @param ownCommit this store's commit with which it was written
 * @param bytes opaque to the store; owned by this record
 */
@SuppressWarnings("ArrayRecordComponent")
public record Token(long ownCommit, byte[] bytes) {}
