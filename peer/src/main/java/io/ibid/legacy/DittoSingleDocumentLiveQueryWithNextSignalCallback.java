package io.ibid.legacy;

import org.jspecify.annotations.Nullable;

/** Hears of one document, and says when it can take the next state. */
@FunctionalInterface
public interface DittoSingleDocumentLiveQueryWithNextSignalCallback {

    /** The document is now so, or null; nothing more is delivered until the signal was given. */
    void update(
            @Nullable DittoDocument document,
            DittoSingleDocumentLiveQueryEvent event,
            DittoSignalNextCallback signalNext)
            throws Exception;
}
