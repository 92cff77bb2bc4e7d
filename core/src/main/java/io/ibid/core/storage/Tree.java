package io.ibid.core.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A persistent (immutable, structure-sharing) map of byte strings, ordered as unsigned bytes.
 *
 * <p>A weight-balanced tree after Adams, with the parameters (3, 2) that Hirai and Yamamoto proved sufficient: an update copies the
 * path from the root, about {@code log2(n)} nodes of 40 bytes, and shares everything else with the trees before it. A version of the
 * map is therefore one reference, which is what makes snapshots free and lets a simulation hold thousands of them.
 */
final class Tree {

    private static final int BALANCE = 3;
    private static final int SINGLE_ROTATION = 2;

    private Tree() {}

    /**
     * One entry with the entries below and above it. {@code overwritten}: the key was put again while present, so that it may no
     * longer be removed by {@link Batch.RemoveOnce}.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Node(
            byte[] key,
            byte[] value,
            boolean overwritten,
            int size,
            @Nullable Node left,
            @Nullable Node right) {}

    static int size(@Nullable Node node) {
        return node == null ? 0 : node.size;
    }

    static @Nullable Node find(@Nullable Node root, byte[] key) {
        Node node = root;
        while (node != null) {
            int order = Arrays.compareUnsigned(key, node.key);
            if (order == 0) {
                return node;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    /** How many keys are less than this one. */
    static int below(@Nullable Node root, byte[] key) {
        int below = 0;
        Node node = root;
        while (node != null) {
            boolean less = Arrays.compareUnsigned(node.key, key) < 0;
            below += less ? size(node.left) + 1 : 0;
            node = less ? node.right : node.left;
        }
        return below;
    }

    static Node put(@Nullable Node node, byte[] key, byte[] value) {
        if (node == null) {
            return new Node(key, value, false, 1, null, null);
        }
        int order = Arrays.compareUnsigned(key, node.key);
        if (order == 0) {
            return new Node(node.key, value, true, node.size, node.left, node.right);
        }
        return order < 0
                ? balanced(node, put(node.left, key, value), node.right)
                : balanced(node, node.left, put(node.right, key, value));
    }

    @SuppressWarnings("ReferenceEquality") // the very same child means that nothing below changed
    static @Nullable Node remove(@Nullable Node node, byte[] key) {
        if (node == null) {
            return null;
        }
        int order = Arrays.compareUnsigned(key, node.key);
        if (order < 0) {
            Node left = remove(node.left, key);
            return left == node.left ? node : balanced(node, left, node.right);
        }
        if (order > 0) {
            Node right = remove(node.right, key);
            return right == node.right ? node : balanced(node, node.left, right);
        }
        return joined(node.left, node.right);
    }

    private static @Nullable Node joined(@Nullable Node left, @Nullable Node right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        if (left.size > right.size) {
            Node greatest = greatest(left);
            return balanced(greatest, withoutGreatest(left), right);
        }
        Node least = least(right);
        return balanced(least, left, withoutLeast(right));
    }

    private static Node least(Node node) {
        Node least = node;
        while (least.left != null) {
            least = least.left;
        }
        return least;
    }

    private static Node greatest(Node node) {
        Node greatest = node;
        while (greatest.right != null) {
            greatest = greatest.right;
        }
        return greatest;
    }

    private static @Nullable Node withoutLeast(Node node) {
        return node.left == null ? node.right : balanced(node, withoutLeast(node.left), node.right);
    }

    private static @Nullable Node withoutGreatest(Node node) {
        return node.right == null ? node.left : balanced(node, node.left, withoutGreatest(node.right));
    }

    /** The entry of {@code middle} between the two subtrees, which differ from a balanced pair by at most one entry. */
    private static Node balanced(Node middle, @Nullable Node left, @Nullable Node right) {
        int weightLeft = size(left) + 1;
        int weightRight = size(right) + 1;
        if (right != null && weightRight > BALANCE * weightLeft) {
            return rotatedLeft(middle, left, right);
        }
        if (left != null && weightLeft > BALANCE * weightRight) {
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

    private static Node node(Node entry, @Nullable Node left, @Nullable Node right) {
        return new Node(entry.key, entry.value, entry.overwritten, size(left) + size(right) + 1, left, right);
    }
}
