package io.ibid.core.storage;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Tree.Node;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A storage in memory: for databases that need not survive their process, and for the simulation.
 *
 * <p>The content is one reference to an immutable {@link Tree}; a batch builds the next tree and swaps the reference, a snapshot keeps
 * it. So snapshots cost nothing, a batch that fails half way leaves no trace, and readers never wait. {@link #sync} only counts: memory
 * is as durable as it gets. Confinement as in {@link Storage}.
 */
public final class MemoryStorage implements Storage {

    private volatile @Nullable Node root;
    private volatile boolean closed;
    private final AtomicInteger openSnapshots = new AtomicInteger();
    private final AtomicLong syncs = new AtomicLong();

    /** An empty storage. */
    public MemoryStorage() {
        this(null);
    }

    private MemoryStorage(@Nullable Node root) {
        this.root = root;
    }

    /** An independent, open storage with the content of this one. Takes no time and no memory: the content is shared until it changes. */
    public MemoryStorage fork() {
        return new MemoryStorage(root);
    }

    /** How many keys there are. */
    public int size() {
        return Tree.size(root);
    }

    @Override
    public Snapshot snapshot() {
        checkOpen();
        openSnapshots.incrementAndGet();
        return new TreeSnapshot(root);
    }

    /** @throws AssertionError when a {@link Batch.RemoveOnce} breaks its promise */
    @Override
    public void write(Batch batch) {
        checkOpen();
        Node next = root;
        for (Batch.Operation operation : batch.operations()) {
            next = switch (operation) {
                case Batch.Put put -> Tree.put(next, put.key(), put.value());
                case Batch.Remove remove -> Tree.remove(next, remove.key());
                case Batch.RemoveOnce remove -> removeOnce(next, remove.key());
            };
        }
        root = next;
    }

    /** RocksDB may bring an older value of the key back to life when the promise is broken; here it is caught at once. */
    private static @Nullable Node removeOnce(@Nullable Node root, byte[] key) {
        Node entry = Tree.find(root, key);
        if (entry == null || entry.overwritten()) {
            throw new AssertionError("removeOnce of the key " + HexFormat.of().formatHex(key)
                    + (entry == null ? ", which is absent" : ", which was put more than once"));
        }
        return Tree.remove(root, key);
    }

    @Override
    public void sync() {
        checkOpen();
        syncs.incrementAndGet();
    }

    @Override
    public long syncs() {
        return syncs.get();
    }

    /** @throws IllegalStateException while snapshots are open; the storage then stays open */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (openSnapshots.get() > 0) {
            throw new IllegalStateException(
                    "the storage cannot close: " + openSnapshots + " of its snapshots are open");
        }
        closed = true;
    }

    private void checkOpen() {
        if (closed) {
            throw new IbidException(ErrorCode.STORE_CLOSED, "the storage is closed");
        }
    }

    /** One version of the tree. Immutable but for being closed. */
    private final class TreeSnapshot implements Snapshot {
        private final @Nullable Node root;
        private final AtomicBoolean closed = new AtomicBoolean();

        private TreeSnapshot(@Nullable Node root) {
            this.root = root;
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            checkOpen();
            Node entry = Tree.find(root, key);
            return entry == null ? null : entry.value().clone();
        }

        @Override
        public Cursor scan(byte[] from, byte @Nullable [] to, boolean reverse) {
            checkOpen();
            return new TreeCursor(root, from, to, reverse, this::checkOpen);
        }

        @Override
        public long weight(byte[] from, byte[] to) {
            checkOpen();
            return Math.max(0, Tree.below(root, to) - Tree.below(root, from));
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                openSnapshots.decrementAndGet();
            }
        }

        private void checkOpen() {
            if (closed.get()) {
                throw new IbidException(ErrorCode.STORE_CLOSED, "the snapshot is closed");
            }
        }
    }
}
