package io.ibid.core.attachment;

import io.ibid.core.store.AttachmentId;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many handles and streams of applications hold each content. Loop only. */
final class Pins {
    private final SortedMap<AttachmentId, Integer> counts = new TreeMap<>();

    void add(AttachmentId id) {
        counts.merge(id, 1, Integer::sum);
    }

    void remove(AttachmentId id) {
        if (!counts.containsKey(id)) {
            throw new AssertionError("the attachment " + id + " was unpinned more often than pinned");
        }
        counts.computeIfPresent(id, (any, count) -> count == 1 ? null : count - 1);
    }

    boolean holds(AttachmentId id) {
        return counts.containsKey(id);
    }
}
