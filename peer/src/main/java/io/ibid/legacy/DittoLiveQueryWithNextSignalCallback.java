package io.ibid.legacy;

import java.util.List;

/** Hears what a live query selects, and says when it can take the next result. */
@FunctionalInterface
public interface DittoLiveQueryWithNextSignalCallback {

    /** There is a result; nothing more is delivered until the signal was given. */
    void update(List<DittoDocument> documents, DittoLiveQueryEvent event, DittoSignalNextCallback signalNext)
            throws Exception;
}
