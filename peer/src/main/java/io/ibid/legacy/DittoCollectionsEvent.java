package io.ibid.legacy;

import java.util.List;

/**
 * What has changed of the collections.
 *
 * @param isInitial whether it is the first call
 * @param getCollections those there are, as {@link DittoPendingCollectionsOperation} sorts them
 * @param getOldCollections those of the last call; empty in the first
 * @param getInsertions indices in the new list
 * @param getDeletions indices in the old list
 * @param getUpdates always empty: nothing of a collection but its name counts here
 * @param getMoves those in another order
 */
public record DittoCollectionsEvent(
        boolean isInitial,
        List<DittoCollection> getCollections,
        List<DittoCollection> getOldCollections,
        List<Integer> getInsertions,
        List<Integer> getDeletions,
        List<Integer> getUpdates,
        List<DittoLiveQueryMove> getMoves) {}
