package io.ibid.core.live;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a window at one moment: a tree, or an earlier moment and what has changed since.
 *
 * <p>The tree is made by whoever looks at it first, which mostly is the thread that delivers: so the loop, and with it those who write,
 * only note which rows have changed, and of moments at which nobody looks no tree is made at all. What may be noted without a tree is
 * bounded ({@link #isFarBehind}), for a listener may be slow.
 *
 * <p>Immutable in what it says; any thread. Two threads may make the same tree, which is harmless: the nodes are immutable, and each finds
 * one of the two.
 */
final class TreeVersion {
    private static final int CHANGES_MAX = 64;
    private static final long BYTES_MAX = 1 << 20;

    private final Comparator<Entry> order;
    private final List<Change> changes;
    private final int changesBehind;
    private final long bytesBehind;
    private EntryTree.@Nullable Node tree;
    /** Null as soon as there is the tree, so that earlier moments are not kept. Written behind the tree, read in front of it. */
    private volatile @Nullable TreeVersion before;

    /** A row that took the place of another one; null: there is none. */
    record Change(@Nullable Entry old, @Nullable Entry now) {
        private EntryTree.@Nullable Node in(EntryTree.@Nullable Node tree, Comparator<Entry> order) {
            if (old != null && now != null && order.compare(old, now) == 0) {
                return EntryTree.replace(tree, now, order);
            }
            EntryTree.Node without = old == null ? tree : EntryTree.remove(tree, old, order);
            return now == null ? without : EntryTree.add(without, now, order);
        }

        private long bytes() {
            return (old == null ? 0 : old.bytes()) + (now == null ? 0 : now.bytes());
        }
    }

    /** A tree that there is. */
    TreeVersion(EntryTree.@Nullable Node tree, Comparator<Entry> order) {
        this.order = order;
        this.tree = tree;
        changes = List.of();
        changesBehind = 0;
        bytesBehind = 0;
    }

    /** An earlier moment with some changes, which must not change any more. */
    TreeVersion(TreeVersion before, List<Change> changes) {
        this.order = before.order;
        this.before = before;
        this.changes = changes;
        boolean made = before.before == null;
        changesBehind = changes.size() + (made ? 0 : before.changesBehind);
        bytesBehind = changes.stream().mapToLong(Change::bytes).sum() + (made ? 0 : before.bytesBehind);
    }

    /** Whether the tree should be made now, though nobody looks. */
    boolean isFarBehind() {
        return changesBehind > CHANGES_MAX || bytesBehind > BYTES_MAX;
    }

    EntryTree.@Nullable Node tree() {
        Deque<TreeVersion> unmade = new ArrayDeque<>();
        TreeVersion at = this;
        for (TreeVersion earlier = at.before; earlier != null; earlier = at.before) {
            unmade.push(at);
            at = earlier;
        }
        EntryTree.Node made = at.tree;
        for (TreeVersion version : unmade) {
            for (Change change : version.changes) {
                made = change.in(made, order);
            }
            version.tree = made;
            version.before = null;
        }
        return made;
    }
}
