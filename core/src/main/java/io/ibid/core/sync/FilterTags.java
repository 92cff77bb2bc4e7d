package io.ibid.core.sync;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A supplier's memory of its filter for one partner, kept by the partner: per collection a number that stands for the rules by which
 * documents were let through, 0 (left out) for no restriction. A resume token promises everything that passed the filter, so when the
 * filter was another one then, the collection is gone through again from its beginning. A number cannot tell whether a filter got narrower
 * or wider, so any difference counts as wider. Loop only.
 */
final class FilterTags {
    /** Nothing of the collection is sent. */
    static final long SHUT = 1;

    private final Access access;
    private final Partner partner;
    private SortedMap<String, Long> told;

    FilterTags(Access access, Partner partner) {
        this.access = access;
        this.partner = partner;
        this.told = new TreeMap<>();
    }

    /** What the partner brings back from the session before. */
    void resume(SortedMap<String, Long> tags) {
        told = new TreeMap<>(tags);
    }

    private long now(String collection) {
        return access.isInScope(partner, collection) ? 0 : SHUT;
    }

    /** What the partner knows otherwise than it is now: the tag in force by collection. */
    SortedMap<String, Long> changes(Interest interest) {
        SortedSet<String> collections = new TreeSet<>(access.scopedCollections());
        collections.addAll(told.keySet());
        SortedMap<String, Long> changes = new TreeMap<>();
        for (String collection : collections) {
            long now = now(collection);
            if (interest.concerns(collection) && now != told.getOrDefault(collection, 0L)) {
                changes.put(collection, now);
            }
        }
        return changes;
    }

    /** What has to go with the next message; from then on the partner knows it. */
    SortedMap<String, Long> tell(Interest interest) {
        SortedMap<String, Long> changes = changes(interest);
        told = merged(told, changes);
        return changes;
    }

    /** The tags once some of them have changed. */
    static SortedMap<String, Long> merged(SortedMap<String, Long> tags, SortedMap<String, Long> changes) {
        if (changes.isEmpty()) {
            return tags;
        }
        TreeMap<String, Long> merged = new TreeMap<>(tags);
        merged.putAll(changes);
        merged.values().removeIf(tag -> tag == 0);
        return merged;
    }
}
