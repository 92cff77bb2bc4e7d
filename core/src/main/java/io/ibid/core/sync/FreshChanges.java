package io.ibid.core.sync;

import io.ibid.core.store.ChangeEntry;
import io.ibid.core.store.Commit;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Touch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The last part of the change index, as far as it consists of small commits of this database. A supplier that has nothing else to do
 * stands just before them, and one edit should not cost it a walk through the index. Unlike the index it may name a document more than
 * once. Loop only.
 */
final class FreshChanges {
    private static final int ENTRIES_MAX = 64;

    private List<ChangeEntry> entries = new ArrayList<>();
    private long from;
    private long upTo;

    /** A commit was published. */
    void add(Commit commit) {
        if (commit.id() != upTo + 1) {
            startBehind(commit.id() - 1);
        }
        List<ChangeEntry> more = commit.origin() == null ? entriesOf(commit) : null;
        if (more == null || entries.size() + more.size() > ENTRIES_MAX) {
            startBehind(commit.id());
        } else {
            entries.addAll(more);
            upTo = commit.id();
        }
    }

    private void startBehind(long commit) {
        entries = new ArrayList<>();
        from = commit;
        upTo = commit;
    }

    /** In the order of the index; null when there are too many. */
    private static @Nullable List<ChangeEntry> entriesOf(Commit commit) {
        TreeMap<DocumentKey, ChangeEntry> sorted = new TreeMap<>();
        for (Touch touch : commit.touched()) {
            if (sorted.size() == ENTRIES_MAX) {
                return null;
            }
            sorted.put(touch.key(), new ChangeEntry(commit.id(), touch.key(), touch.evicted(), null));
        }
        return List.copyOf(sorted.values());
    }

    /** Whether they are all that the index has between the two commits. */
    boolean lead(long after, long head) {
        return from <= after && head == upTo;
    }

    /** Those behind a commit, in the order of the index. They stay. */
    List<ChangeEntry> after(long commit) {
        int first = entries.size();
        while (first > 0 && entries.get(first - 1).commit() > commit) {
            first--;
        }
        return entries.subList(first, entries.size());
    }
}
