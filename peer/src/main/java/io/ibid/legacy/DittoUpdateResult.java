package io.ibid.legacy;

import org.jspecify.annotations.Nullable;

/** One change that an update made. */
public sealed interface DittoUpdateResult {

    DittoDocumentId getDocId();

    /** The path as a condition has it: {@code owner.name}, {@code tags[0]}. */
    String getPath();

    /** A value was written. */
    record Set(
            DittoDocumentId getDocId,
            String getPath,
            @Nullable Object getValue) implements DittoUpdateResult {}

    /** A field or element was removed. */
    record Removed(DittoDocumentId getDocId, String getPath) implements DittoUpdateResult {}

    /** A counter was incremented. */
    record Incremented(DittoDocumentId getDocId, String getPath, double getAmount) implements DittoUpdateResult {}
}
