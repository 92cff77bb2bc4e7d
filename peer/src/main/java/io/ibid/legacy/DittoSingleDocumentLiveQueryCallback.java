package io.ibid.legacy;

import org.jspecify.annotations.Nullable;

/** Hears of one document. */
@FunctionalInterface
public interface DittoSingleDocumentLiveQueryCallback {

    /** The document is now so; null when there is none. */
    void update(@Nullable DittoDocument document, DittoSingleDocumentLiveQueryEvent event) throws Exception;
}
