package io.ibid.core.store;

import io.ibid.core.value.ByteWriter;

/**
 * A document as it will be stored, all but the number of its commit. So a document can be encoded while it is being decided on, when
 * that number is not known yet, and the bytes serve the transaction's own reads as well.
 *
 * @param flags see {@link RecordFlags}
 * @param body the record behind its head
 * @param valueBytes the size of the value in it
 * @param removals how many slots hold nothing but removals
 * @param greatestActor the greatest number of an actor in it
 * @param tombstoneHour of a tombstone, the hour since 1970 from which its lifetime counts
 */
@SuppressWarnings("ArrayRecordComponent")
record Encoded(int flags, byte[] body, int valueBytes, int removals, int greatestActor, int tombstoneHour) {

    /** The record of a commit. */
    byte[] at(long commit) {
        return new ByteWriter(body.length + 11)
                .u8(flags)
                .varint(commit)
                .bytes(body)
                .toByteArray();
    }

    boolean isVisible(boolean hideHusks) {
        return RecordFlags.isVisible(flags, hideHusks);
    }

    boolean isTombstone() {
        return RecordFlags.has(flags, RecordFlags.TOMBSTONE);
    }
}
