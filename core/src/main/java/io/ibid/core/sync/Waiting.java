package io.ibid.core.sync;

import io.ibid.core.store.ChangeEntry;
import io.ibid.core.store.ChangeScan;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import io.ibid.core.store.ReadSettings;
import io.ibid.core.store.Record;
import io.ibid.core.store.StoreId;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a partner has still to get, as the change index tells it: the documents of its collections that have changed since, whether its
 * conditions select them or not, and their mean size in the store. An estimate. Immutable; any thread.
 */
record Waiting(long documents, long bytes) {
    static final Waiting NOTHING = new Waiting(0, 0);

    /** How far the change index is counted for tables that people read. */
    static final int SHOWN_MAX = 10_000;
    /** How far it is counted on the loop. */
    private static final int LOOKED_AT_MAX = 1_000;

    private static final int SAMPLES_MAX = 8;

    /**
     * Where a supplier stands with a partner.
     *
     * @param collections what the partner takes; null for all user collections
     * @param commit everything up to it was dealt with
     * @param document of the commit after it, everything up to this one too; null for nothing of it
     */
    record Place(
            @Nullable SortedSet<String> collections,
            long commit,
            @Nullable DocumentKey document) {}

    /** The documents of one collection that were met, and the sizes of some. */
    private static final class Met {
        long documents;
        int samples;
        long sampledBytes;

        long bytes() {
            return samples == 0 ? 0 : documents * sampledBytes / samples;
        }
    }

    /** What lies beyond the place; of more than so many documents only so many are counted. */
    static Waiting beyond(Published state, Place place, StoreId partner, int documentsMax) {
        SortedMap<String, Met> byCollection = new TreeMap<>();
        long documents = 0;
        try (ChangeScan scan = state.changes(place.collections(), place.commit(), place.document())) {
            for (ChangeEntry entry = scan.next(); entry != null && documents < documentsMax; entry = scan.next()) {
                if (!entry.evicted() && !partner.equals(entry.origin())) {
                    documents++;
                    meet(
                            state,
                            entry.key(),
                            byCollection.computeIfAbsent(entry.key().collection(), name -> new Met()));
                }
            }
        }
        return new Waiting(
                documents, byCollection.values().stream().mapToLong(Met::bytes).sum());
    }

    private static void meet(Published state, DocumentKey key, Met met) {
        met.documents++;
        if (met.samples < SAMPLES_MAX) {
            Record record = state.record(key);
            if (record != null) {
                met.samples++;
                met.sampledBytes += record.sizeBytes();
            }
        }
    }

    /** What is to come, looked at in little time: of a partner that has nothing yet, what the collections hold. */
    static Waiting estimate(Published state, Place place, StoreId partner) {
        Waiting counted = beyond(state, place, partner, LOOKED_AT_MAX);
        if (counted.documents < LOOKED_AT_MAX || place.commit() > 0) {
            return counted;
        }
        long documents = 0;
        for (String collection : place.collections() == null ? users(state) : List.copyOf(place.collections())) {
            documents += state.source(ReadSettings.SHOWN).count(collection);
        }
        return documents <= counted.documents
                ? counted
                : new Waiting(documents, Math.round((double) counted.bytes / counted.documents * documents));
    }

    private static List<String> users(Published state) {
        return state.collections().stream()
                .filter(DocumentKey::isUserCollection)
                .toList();
    }
}
