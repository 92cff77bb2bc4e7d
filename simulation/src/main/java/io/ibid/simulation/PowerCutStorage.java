package io.ibid.simulation;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A storage in memory that can lose power: a batch is certain to survive only once a later sync returned.
 *
 * <p>One object is one process's opening of one disk. {@link #cutPower} and {@link #reopen} end it and return the storage that the next
 * process opens on the same disk. A disk writes its log in order but as far as it likes, so a power cut keeps a prefix of
 * the unsynced batches, and which one is drawn from the seed; none and all are drawn most often, because they break the most programs.
 * A crash of the process alone loses nothing: the operating system still holds what was written.
 *
 * <p>Errors are injected one at a time with {@link #inject}. After one, all writes and syncs are refused until reopened, as
 * {@link Storage} demands, and how much of the unsynced batches was kept is up to the seed, as after a power cut. Thread-safe.
 */
public final class PowerCutStorage implements Storage {

    /** What can go wrong with a disk. */
    public enum Fault {
        /** The next write fails; whether its batch is found after reopening is up to the seed. */
        WRITE_ERROR,
        /** The next write finds no space and leaves nothing behind. */
        DISK_FULL,
        /** The next sync fails; which of the batches it was to save are found after reopening is up to the seed. */
        SYNC_ERROR
    }

    private final Random random;
    private final MemoryStorage head;

    /** The disk's content after the newest batch that is certain to survive. */
    private MemoryStorage durable;

    /** The content after each batch since, oldest first. */
    private final List<MemoryStorage> unsynced;

    /** The keys that were put while present or removed by a plain remove: removeOnce of one of them would be undefined on a real disk. */
    private final Set<ByteBuffer> spoiled;

    private @Nullable Fault armed;
    private @Nullable String refusal;
    private boolean gone;

    /** An empty disk. */
    public PowerCutStorage(long seed) {
        this(new Random(seed), new MemoryStorage(), List.of(), new HashSet<>());
    }

    private PowerCutStorage(
            Random random, MemoryStorage durable, List<MemoryStorage> unsynced, Set<ByteBuffer> spoiled) {
        this.spoiled = spoiled;
        this.random = random;
        this.durable = durable;
        this.unsynced = new ArrayList<>(unsynced);
        head = (unsynced.isEmpty() ? durable : unsynced.getLast()).fork();
    }

    /** The power goes off and on again: keeps what was synced and a random prefix of the other batches. */
    public synchronized PowerCutStorage cutPower() {
        gone = true;
        return new PowerCutStorage(random, randomPrefix(), List.of(), spoiled);
    }

    /**
     * The process ends (closed, killed, or after a failure), the machine does not: keeps everything written, unless a write or sync
     * failed; then it is like {@link #cutPower}. What survives is still not durable: a power cut may take it until a sync.
     */
    public synchronized PowerCutStorage reopen() {
        if (refusal != null) {
            return cutPower();
        }
        gone = true;
        return new PowerCutStorage(random, durable, unsynced, spoiled);
    }

    /** Another disk with all that is on this one now: a backup. */
    public synchronized PowerCutStorage copy(long seed) {
        return new PowerCutStorage(new Random(seed), head.fork(), List.of(), new HashSet<>(spoiled));
    }

    private MemoryStorage randomPrefix() {
        int kept = switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> unsynced.size();
            default -> random.nextInt(unsynced.size() + 1);
        };
        return kept == 0 ? durable : unsynced.get(kept - 1);
    }

    /** Arms {@code fault}: the next operation of its kind fails. Replaces one that is armed already. */
    public synchronized void inject(Fault fault) {
        armed = fault;
    }

    /** How many batches a power cut could take back. */
    public synchronized int unsyncedBatches() {
        return unsynced.size();
    }

    /** True once a write or sync failed, until reopened. */
    public synchronized boolean isRefusing() {
        return refusal != null;
    }

    @Override
    public synchronized Snapshot snapshot() {
        checkPower();
        return head.snapshot();
    }

    @Override
    public synchronized void write(Batch batch) {
        checkPower();
        checkWritable();
        checkPromises(batch);
        if (armed == Fault.DISK_FULL) {
            throw fail("the disk is full");
        }
        if (armed == Fault.WRITE_ERROR) {
            MemoryStorage version = head.fork();
            version.write(batch);
            unsynced.add(version);
            throw fail("input/output error while writing");
        }
        head.write(batch);
        unsynced.add(head.fork());
    }

    /** @throws AssertionError when a {@link Batch.RemoveOnce} breaks its promise, now or ever before */
    private void checkPromises(Batch batch) {
        Map<ByteBuffer, Boolean> presentByKey = new HashMap<>();
        try (Snapshot before = head.snapshot()) {
            for (Batch.Operation operation : batch.operations()) {
                ByteBuffer key = ByteBuffer.wrap(operation.key());
                boolean present = presentByKey.computeIfAbsent(key, k -> before.get(operation.key()) != null);
                presentByKey.put(key, operation instanceof Batch.Put);
                switch (operation) {
                    case Batch.Put put -> {
                        if (present) {
                            spoiled.add(key);
                        }
                    }
                    case Batch.Remove remove -> spoiled.add(key);
                    case Batch.RemoveOnce remove -> {
                        if (spoiled.contains(key)) {
                            throw new AssertionError(
                                    "removeOnce of the key " + HexFormat.of().formatHex(remove.key())
                                            + ", which was put while present or removed by a plain remove");
                        }
                    }
                }
            }
        }
    }

    @Override
    public synchronized void sync() {
        checkPower();
        checkWritable();
        if (armed == Fault.SYNC_ERROR) {
            throw fail("input/output error while syncing");
        }
        head.sync();
        if (!unsynced.isEmpty()) {
            durable = unsynced.getLast();
            unsynced.clear();
        }
    }

    @Override
    public synchronized long syncs() {
        return head.syncs();
    }

    /** A clean end: what is unsynced is synced first, unless a write or sync failed before. */
    @Override
    public synchronized void close() {
        if (gone) {
            return;
        }
        head.close();
        gone = true;
        if (refusal == null && !unsynced.isEmpty()) {
            durable = unsynced.getLast();
            unsynced.clear();
        }
    }

    private IbidException fail(String reason) {
        armed = null;
        refusal = reason;
        return new IbidException(ErrorCode.STORE_BACKEND, "cannot write to the simulated disk: " + reason);
    }

    private void checkPower() {
        if (gone) {
            throw new IbidException(ErrorCode.STORE_CLOSED, "the simulated storage is closed, or its process ended");
        }
    }

    private void checkWritable() {
        if (refusal != null) {
            throw new IbidException(
                    ErrorCode.STORE_BACKEND,
                    "the simulated disk takes no writes until it is opened again, because one failed: " + refusal);
        }
    }
}
