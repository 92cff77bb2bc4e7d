package io.ibid.core.storage;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Tree.Node;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Walks a key range of one version of a {@link Tree}. Confined to one thread. */
final class TreeCursor implements Cursor {

    private final @Nullable Node root;
    private final byte[] from;
    private final byte @Nullable [] to;
    private final boolean reverse;
    private final Runnable checkSnapshot;

    /** The entries still to come whose far side has not been walked, nearest first. */
    private final ArrayDeque<Node> pending = new ArrayDeque<>();

    private @Nullable Node current;
    private boolean closed;

    /** @param checkSnapshot throws once the snapshot is closed */
    TreeCursor(@Nullable Node root, byte[] from, byte @Nullable [] to, boolean reverse, Runnable checkSnapshot) {
        this.root = root;
        this.from = from;
        this.to = to;
        this.reverse = reverse;
        this.checkSnapshot = checkSnapshot;
        rewind();
    }

    private void rewind() {
        if (reverse) {
            descend(to, false);
        } else {
            descend(from, true);
        }
    }

    /** Positions before the first entry beyond {@code bound} (null: the far end), or at it when {@code inclusive}. */
    private void descend(byte @Nullable [] bound, boolean inclusive) {
        pending.clear();
        current = null;
        Node node = root;
        while (node != null) {
            int order = bound == null ? -1 : Arrays.compareUnsigned(node.key(), bound);
            if (!reverse && bound != null) {
                order = -order;
            }
            boolean ahead = order < 0 || (order == 0 && inclusive);
            if (ahead) {
                pending.push(node);
            }
            node = ahead ? near(node) : far(node);
        }
    }

    /** The side that comes earlier in the cursor's direction: for a forward cursor the smaller keys. */
    private @Nullable Node near(Node node) {
        return reverse ? node.right() : node.left();
    }

    private @Nullable Node far(Node node) {
        return reverse ? node.left() : node.right();
    }

    @Override
    public boolean next() {
        checkOpen();
        Node next = pending.poll();
        if (next != null) {
            for (Node node = far(next); node != null; node = near(node)) {
                pending.push(node);
            }
            if (!inRange(next.key())) {
                pending.clear();
                next = null;
            }
        }
        current = next;
        return next != null;
    }

    private boolean inRange(byte[] key) {
        return reverse ? Arrays.compareUnsigned(key, from) >= 0 : to == null || Arrays.compareUnsigned(key, to) < 0;
    }

    @Override
    public byte[] key() {
        return currentEntry().key().clone();
    }

    @Override
    public byte[] value() {
        return currentEntry().value().clone();
    }

    private Node currentEntry() {
        checkOpen();
        if (current == null) {
            throw new IllegalStateException("the cursor stands on no entry: call next() first");
        }
        return current;
    }

    @Override
    public void seek(byte[] key) {
        checkOpen();
        boolean outside =
                reverse ? to != null && Arrays.compareUnsigned(key, to) >= 0 : Arrays.compareUnsigned(key, from) < 0;
        if (outside) {
            rewind();
        } else {
            descend(key, true);
        }
    }

    @Override
    public void close() {
        closed = true;
        pending.clear();
        current = null;
    }

    private void checkOpen() {
        if (closed) {
            throw new IbidException(ErrorCode.STORE_CLOSED, "the cursor is closed");
        }
        checkSnapshot.run();
    }
}
