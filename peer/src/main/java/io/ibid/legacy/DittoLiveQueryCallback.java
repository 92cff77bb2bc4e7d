package io.ibid.legacy;

import java.util.List;

/** Hears what a live query selects. */
@FunctionalInterface
public interface DittoLiveQueryCallback {

    /** There is a result, and this is what has changed since the last call. */
    void update(List<DittoDocument> documents, DittoLiveQueryEvent event) throws Exception;
}
