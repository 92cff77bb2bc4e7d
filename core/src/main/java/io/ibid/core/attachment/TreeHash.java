package io.ibid.core.attachment;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hash tree over the chunks of a content, as in RFC 9162 2.1: a leaf is {@code SHA-256(0x00 || chunk)}, a node
 * {@code SHA-256(0x01 || left || right)}, the left side the largest power of two of leaves below all of them, and the tree over nothing
 * {@code SHA-256()}.
 *
 * <p>A page of 1,024 leaves is a node of that tree, the last page too, since every split above it falls on the border of a page. So the
 * tree over the nodes of the pages is the top of the tree over the leaves, and the path from a page to the root proves its leaves.
 *
 * <p>Hashes of one level are kept one behind the other in one array. One thread.
 */
final class TreeHash {
    static final int BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha256;

    TreeHash() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    byte[] leaf(byte[] bytes, int offset, int length) {
        sha256.update(LEAF);
        sha256.update(bytes, offset, length);
        return sha256.digest();
    }

    private byte[] node(byte[] left, byte[] right) {
        sha256.update(NODE);
        sha256.update(left);
        return sha256.digest(right);
    }

    /** The root of the tree over all the hashes. */
    byte[] root(byte[] hashes) {
        return hashes.length == 0 ? sha256.digest() : root(hashes, 0, hashes.length / BYTES);
    }

    private byte[] root(byte[] hashes, int from, int to) {
        if (to - from == 1) {
            return Arrays.copyOfRange(hashes, from * BYTES, to * BYTES);
        }
        int middle = from + split(to - from);
        return node(root(hashes, from, middle), root(hashes, middle, to));
    }

    /** The largest power of two below the number, which is above 1. */
    private static int split(int count) {
        return Integer.highestOneBit(count - 1);
    }

    /** What else it takes to work out the root from one of the hashes, from the bottom up. */
    byte[] path(byte[] hashes, int index) {
        List<byte[]> siblings = new ArrayList<>();
        path(hashes, 0, hashes.length / BYTES, index, siblings);
        byte[] path = new byte[siblings.size() * BYTES];
        for (int i = 0; i < siblings.size(); i++) {
            System.arraycopy(siblings.get(i), 0, path, i * BYTES, BYTES);
        }
        return path;
    }

    private void path(byte[] hashes, int from, int to, int index, List<byte[]> siblings) {
        if (to - from == 1) {
            return;
        }
        int middle = from + split(to - from);
        if (index < middle) {
            path(hashes, from, middle, index, siblings);
            siblings.add(root(hashes, middle, to));
        } else {
            path(hashes, middle, to, index, siblings);
            siblings.add(root(hashes, from, middle));
        }
    }

    /** The root that follows from one of {@code count} hashes and its {@link #path}; null when the path has the wrong length. */
    byte @Nullable [] rootOf(byte[] hash, int index, int count, byte[] path) {
        int[] used = new int[1];
        byte[] root = rootOf(hash, index, 0, count, path, used);
        return used[0] == path.length ? root : null;
    }

    private byte @Nullable [] rootOf(byte[] hash, int index, int from, int to, byte[] path, int[] used) {
        if (to - from == 1) {
            return hash;
        }
        int middle = from + split(to - from);
        boolean isLeft = index < middle;
        byte[] below =
                isLeft ? rootOf(hash, index, from, middle, path, used) : rootOf(hash, index, middle, to, path, used);
        if (below == null || path.length - used[0] < BYTES) {
            return null;
        }
        byte[] sibling = Arrays.copyOfRange(path, used[0], used[0] + BYTES);
        used[0] += BYTES;
        return isLeft ? node(below, sibling) : node(sibling, below);
    }
}
