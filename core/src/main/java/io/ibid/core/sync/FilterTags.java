package io.ibid.core.sync;

import io.ibid.core.sync.wire.Message;
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
    private static final long SHUT = 1;

    private final Access access;
    private final Partner partner;
    /** What the partner knows. */
    private SortedMap<String, Long> told = Message.NO_TAGS;
    /** What documents have been held against since the filter was last looked at. */
    private SortedMap<String, Long> inForce = new TreeMap<>();

    FilterTags(Access access, Partner partner) {
        this.access = access;
        this.partner = partner;
        inForce = tags();
    }

    /** What the partner brings back from the session before. */
    void resume(SortedMap<String, Long> tags) {
        told = new TreeMap<>(tags);
        inForce = new TreeMap<>(tags);
    }

    /** Looks at the filter again: the collections that now let through what they may have kept away. */
    SortedSet<String> opened() {
        SortedMap<String, Long> now = tags();
        SortedSet<String> opened = new TreeSet<>(inForce.keySet());
        opened.addAll(told.keySet());
        opened.removeAll(now.keySet());
        inForce = now;
        return opened;
    }

    /** The tag that the collection has now. */
    long now(String collection) {
        return tags().getOrDefault(collection, 0L);
    }

    /** The tags as they are now. */
    private SortedMap<String, Long> tags() {
        SortedMap<String, Long> tags = new TreeMap<>();
        for (String collection : access.scopedCollections()) {
            if (!access.isInScope(partner, collection)) {
                tags.put(collection, SHUT);
            }
        }
        return tags;
    }

    /** What has to go with the next message; from then on the partner knows it. */
    SortedMap<String, Long> tell(Interest interest) {
        SortedMap<String, Long> now = tags();
        SortedSet<String> collections = new TreeSet<>(now.keySet());
        collections.addAll(told.keySet());
        SortedMap<String, Long> changes = new TreeMap<>();
        for (String collection : collections) {
            long tag = now.getOrDefault(collection, 0L);
            if (interest.concerns(collection) && tag != told.getOrDefault(collection, 0L)) {
                changes.put(collection, tag);
            }
        }
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
