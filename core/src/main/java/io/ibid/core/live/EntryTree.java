package io.ibid.core.live;

import java.util.Comparator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A persistent (immutable, structure-sharing) list of entries in order, in which the place of an entry is found in {@code log n} steps.
 *
 * <p>A change makes a new tree and shares all but the path to it with the old one, so what is given to a listener is one reference that
 * nobody changes any more, however long it is looked at. Weight-balanced after Adams, with the parameters (3, 2) that Hirai and
 * Yamamoto proved sufficient.
 */
final class EntryTree {
    private static final int BALANCE = 3;
    private static final int SINGLE_ROTATION = 2;

    private EntryTree() {}

    /**
     * An entry with those before and behind it.
     *
     * @param place the entry's, here so that a search mostly need not follow the references to entries, keys, values and texts, which
     *     lie all over the memory
     */
    record Node(
            Entry entry,
            long place,
            int size,
            @Nullable Node left,
            @Nullable Node right) {}

    static int size(@Nullable Node node) {
        return node == null ? 0 : node.size;
    }

    private static int compare(Entry entry, Node node, Comparator<Entry> order) {
        return entry.place() != node.place
                ? Long.compareUnsigned(entry.place(), node.place)
                : order.compare(entry, node.entry);
    }

    /** The tree with one more entry; there must be no other in its place. */
    static Node add(@Nullable Node node, Entry entry, Comparator<Entry> order) {
        if (node == null) {
            return new Node(entry, entry.place(), 1, null, null);
        }
        int comparison = compare(entry, node, order);
        if (comparison == 0) {
            throw new AssertionError("two entries in one place: " + entry.id());
        }
        return comparison < 0
                ? balanced(node, add(node.left, entry, order), node.right)
                : balanced(node, node.left, add(node.right, entry, order));
    }

    /** The tree with this entry instead of the one in its place, which must be there. */
    static Node replace(@Nullable Node node, Entry entry, Comparator<Entry> order) {
        if (node == null) {
            throw new AssertionError("no such entry: " + entry.id());
        }
        int comparison = compare(entry, node, order);
        if (comparison == 0) {
            return new Node(entry, node.place, node.size, node.left, node.right);
        }
        return comparison < 0
                ? new Node(node.entry, node.place, node.size, replace(node.left, entry, order), node.right)
                : new Node(node.entry, node.place, node.size, node.left, replace(node.right, entry, order));
    }

    /** The tree without the entry, which must be there. */
    static @Nullable Node remove(@Nullable Node node, Entry entry, Comparator<Entry> order) {
        if (node == null) {
            throw new AssertionError("no such entry: " + entry.id());
        }
        int comparison = compare(entry, node, order);
        if (comparison < 0) {
            return balanced(node, remove(node.left, entry, order), node.right);
        }
        if (comparison > 0) {
            return balanced(node, node.left, remove(node.right, entry, order));
        }
        if (node.left == null) {
            return node.right;
        }
        if (node.right == null) {
            return node.left;
        }
        if (node.left.size > node.right.size) {
            Node last = lastNode(node.left);
            return balanced(last, remove(node.left, last.entry, order), node.right);
        }
        Node first = firstNode(node.right);
        return balanced(first, node.left, remove(node.right, first.entry, order));
    }

    private static Node firstNode(Node node) {
        Node at = node;
        while (at.left != null) {
            at = at.left;
        }
        return at;
    }

    static Entry last(Node node) {
        return lastNode(node).entry;
    }

    private static Node lastNode(Node node) {
        Node at = node;
        while (at.right != null) {
            at = at.right;
        }
        return at;
    }

    /** How many entries come before this one, which need not be there. */
    static int rank(@Nullable Node root, Entry entry, Comparator<Entry> order) {
        int rank = 0;
        Node node = root;
        while (node != null) {
            if (compare(entry, node, order) <= 0) {
                node = node.left;
            } else {
                rank += size(node.left) + 1;
                node = node.right;
            }
        }
        return rank;
    }

    /** Shows the entries from one place to another, in order. */
    static void forEach(@Nullable Node node, long from, long to, Consumer<Entry> action) {
        if (node == null || from >= to) {
            return;
        }
        int before = size(node.left);
        if (from < before) {
            forEach(node.left, from, to, action);
        }
        if (from <= before && before < to) {
            action.accept(node.entry);
        }
        if (to > before + 1) {
            forEach(node.right, Math.max(0, from - before - 1), to - before - 1, action);
        }
    }

    private static Node node(Node entry, @Nullable Node left, @Nullable Node right) {
        return new Node(entry.entry, entry.place, size(left) + size(right) + 1, left, right);
    }

    /** The entry of {@code middle} between two trees. */
    private static Node balanced(Node middle, @Nullable Node left, @Nullable Node right) {
        int lefts = size(left) + 1;
        int rights = size(right) + 1;
        if (right != null && rights > BALANCE * lefts) {
            return rotatedLeft(middle, left, right);
        }
        if (left != null && lefts > BALANCE * rights) {
            return rotatedRight(middle, left, right);
        }
        return node(middle, left, right);
    }

    private static Node rotatedLeft(Node middle, @Nullable Node left, Node right) {
        Node inner = right.left;
        if (inner == null || size(inner) + 1 < SINGLE_ROTATION * (size(right.right) + 1)) {
            return node(right, node(middle, left, inner), right.right);
        }
        return node(inner, node(middle, left, inner.left), node(right, inner.right, right.right));
    }

    private static Node rotatedRight(Node middle, Node left, @Nullable Node right) {
        Node inner = left.right;
        if (inner == null || size(inner) + 1 < SINGLE_ROTATION * (size(left.left) + 1)) {
            return node(left, left.left, node(middle, inner, right));
        }
        return node(inner, node(left, left.left, inner.left), node(middle, inner.right, right));
    }
}
