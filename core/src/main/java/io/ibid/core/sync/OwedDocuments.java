package io.ibid.core.sync;

import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.StoreId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What sessions have left for the next one with the same partner, see {@link EchoQueue}. It is on disk too, but no reader sees that before the
 * next commit. Loop only.
 */
final class OwedDocuments {
    private final SortedMap<StoreId, SortedSet<DocumentKey>> byPartner = new TreeMap<>();

    void leave(StoreId partner, SortedSet<DocumentKey> documents) {
        if (!documents.isEmpty()) {
            byPartner.put(partner, documents);
        }
    }

    SortedSet<DocumentKey> take(StoreId partner) {
        SortedSet<DocumentKey> documents = byPartner.remove(partner);
        return documents == null ? Collections.emptySortedSet() : documents;
    }
}
