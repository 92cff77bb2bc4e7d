package io.ibid.legacy;

import org.jspecify.annotations.Nullable;

/**
 * What has changed of one document.
 *
 * @param isInitial whether it is the first call, which has no old document
 * @param getOldDocument as it was in the last call; null when there was none
 * @param getNewDocument as it is; null when there is none, or none any more
 */
public record DittoSingleDocumentLiveQueryEvent(
        boolean isInitial,
        @Nullable DittoDocument getOldDocument,
        @Nullable DittoDocument getNewDocument) {}
