package io.ibid.core.store;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.HybridClock;
import io.ibid.core.env.Clock;
import io.ibid.core.env.Randomness;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Storage;
import org.jspecify.annotations.Nullable;

/**
 * One database at rest: decided changes go in, commits and snapshots come out.
 *
 * <p>Confinement: {@link #head} and {@link #write} belong to the holder of the writer turn, {@link #publish} and {@link #close} to
 * the loop; {@link #published} may be called by anybody. The turn's handover is what makes one holder's writes visible to the next.
 *
 * <p>After {@link #write} failed the store must not be written any more: what became of the batch is unknown until the storage is
 * opened again.
 */
public final class Store implements AutoCloseable {

    /** How large one batch is at most, unless told otherwise; a larger change is written in parts: 256 MiB. */
    public static final long BATCH_BYTES_MAX = 256L << 20;

    private final Storage storage;
    private final Clock wall;
    private final Randomness randomness;
    private final HybridClock clock;
    private final Names names;
    private final SystemRows systemRows = new SystemRows();
    private final Head head = new Head(this);
    private long batchBytesMax = BATCH_BYTES_MAX;
    private @Nullable Spill spill;
    private Published newest;
    private volatile Published published;
    private long lease;
    private int stubs = -1;
    private @Nullable Actor actor;
    private long actorEpoch = -1;
    private boolean closed;

    private Store(Storage storage, Clock wall, Randomness randomness, Opening opening, long hardBoundMs) {
        this.storage = storage;
        this.wall = wall;
        this.randomness = randomness;
        this.names = opening.names();
        this.lease = opening.lease();
        boolean hasLease = !opening.image().ablation().has(Ablation.Switch.NOLEASE);
        this.clock = new HybridClock(wall.wallMs(), hasLease ? lease : 0, hardBoundMs);
        this.newest = new Published(opening.image(), systemRows);
        this.published = newest.acquire();
    }

    /** As {@link #open(Storage, StoreIdentity, Clock, Randomness, Ablation, long)}, with the bound of a small peer. */
    public static Store open(
            Storage durable, StoreIdentity identity, Clock clock, Randomness randomness, Ablation ablation) {
        return open(durable, identity, clock, randomness, ablation, HybridClock.HARD_BOUND_MS);
    }

    /**
     * Opens the store in a storage, or makes a new one in an empty storage. The storage stays the caller's.
     *
     * <p>With another device key than before, the storage is a copy: it gets a new store id, because two devices must not write as one.
     *
     * @param hardBoundMs how far ahead of the wall clock a foreign time may be to be accepted, see {@link HybridClock}
     * @throws IbidException {@code store/format} when another software or version has written it, {@code validation/invalid} when it
     *     belongs to another database, {@code store/corrupt} when it cannot be read
     */
    public static Store open(
            Storage durable,
            StoreIdentity identity,
            Clock clock,
            Randomness randomness,
            Ablation ablation,
            long hardBoundMs) {
        Opening opening = Opening.open(durable, identity, randomness, ablation);
        return new Store(durable, clock, randomness, opening, hardBoundMs);
    }

    public StoreId storeId() {
        return newest.storeId();
    }

    /** Adds a collection of the {@code system:} namespace. Its name must be new. */
    public void register(SystemCollection collection) {
        systemRows.register(collection);
    }

    /** Changes above this size, in bytes of memory, are written in parts from now on ({@code unit_bytes_max}). Holder of the writer turn. */
    public void limitBatches(long bytes) {
        batchBytesMax = bytes;
    }

    /**
     * Lets transactions put what they write into this storage from now on, when it is more than so many bytes. Of all that it holds the
     * store uses the table {@code W} alone. Holder of the writer turn.
     */
    public void spillTo(Storage scratch, long keptBytesMax) {
        spill = new Spill(scratch, keptBytesMax);
    }

    /** What a {@link Decision} is given. */
    public Head head() {
        return head;
    }

    /** The newest state that was published. The caller closes it. */
    public Published published() {
        while (true) {
            Published current = published;
            if (current.tryAcquire()) {
                return current;
            }
            if (current == published) {
                throw new IbidException(ErrorCode.STORE_CLOSED, "The store is closed");
            }
        }
    }

    /**
     * Applies a change and writes its batch, not yet durable and visible to the head only.
     *
     * @return the commit, to be published once durable and to be closed by the caller; null when the change makes none
     * @throws IbidException {@code store/backend} when the storage failed
     */
    public @Nullable Commit write(Change change) {
        if (change instanceof Change.Beside beside && beside.isEmpty()) {
            clearSpill();
            return null;
        }
        Image before = newest.image();
        long commitId = before.head().commit() + (change.makesCommit() ? 1 : 0);
        Parts parts = new Parts(storage, commitId, batchBytesMax);
        Applied applied = apply(change, before, commitId, parts);
        Recent recent = parts.isEmpty() ? before.recent().after(applied.batch()) : Recent.NONE;
        if (parts.isEmpty()) {
            storage.write(applied.batch());
        } else {
            parts.apply(applied.batch());
        }
        names.written();
        if (change.node().lease() != 0) {
            lease = change.node().lease();
        }
        if (change.node().startsEpoch() || change instanceof Change.Renewal) {
            stubs = 0;
            actor = null;
        }
        Published previous = newest;
        newest = new Published(
                new Image(
                        storage.snapshot(),
                        names,
                        applied.head(),
                        applied.identity(),
                        before.version() + 1,
                        names.collections.size(),
                        applied.evictions(),
                        recent,
                        applied.indexes(),
                        before.ablation()),
                systemRows);
        clearSpill();
        Commit commit = change.makesCommit() ? commit(change, commitId, applied, previous) : null;
        previous.close();
        return commit;
    }

    private void clearSpill() {
        if (spill != null) {
            spill.clear();
        }
    }

    private Applied apply(Change change, Image before, long commitId, Parts parts) {
        try {
            return Apply.apply(before, commitId, change, actor(before.identity().epoch()), parts);
        } catch (RuntimeException | Error e) {
            names.discardUnwritten();
            parts.discard();
            throw e;
        }
    }

    private Commit commit(Change change, long commitId, Applied applied, Published previous) {
        StoreId origin = change instanceof Change.Unit unit ? unit.unit().supplier() : null;
        return new Commit(
                commitId,
                change.hlc(),
                origin,
                previous,
                newest,
                applied.touched(),
                applied.collections(),
                applied.evicts(),
                applied.echoes());
    }

    /** Makes a commit visible to {@link #published}. In the order of commits, once its batch is durable. */
    public void publish(Commit commit) {
        Published last = published;
        if (commit.id() <= last.commitId()) {
            throw new AssertionError("commit " + commit.id() + " is published behind " + last.commitId());
        }
        published = commit.after().acquire();
        last.close();
    }

    /** Makes a state visible that is newer than the published one without a commit of its own. As {@link #publish}. */
    public void show(Published state) {
        Published last = published;
        if (state.image().version() < last.image().version()) {
            throw new AssertionError("version " + state.image().version() + " is published behind "
                    + last.image().version());
        }
        published = state.acquire();
        last.close();
    }

    /** The state behind the last batch that was written, durable or not. Holder of the writer turn. */
    public Published written() {
        return newest;
    }

    // ---- for the head

    Published newest() {
        return newest;
    }

    @Nullable
    Spill spill() {
        return spill;
    }

    HybridClock clock() {
        return clock;
    }

    long wallMs() {
        return wall.wallMs();
    }

    Randomness randomness() {
        return randomness;
    }

    /** The lease that is on disk. */
    long lease() {
        return lease;
    }

    Actor actor(long epoch) {
        Actor known = actor;
        if (known == null || actorEpoch != epoch) {
            Metadata.Identity identity = newest.image().identity();
            known = Actor.derive(identity.deviceKey(), identity.storeId().bytes(), epoch);
            actor = known;
            actorEpoch = epoch;
        }
        return known;
    }

    int countStub() {
        if (stubs < 0) {
            stubs = Stubs.count(newest.image().snapshot());
        }
        return ++stubs;
    }

    /**
     * Finishes what a crash has left of a change in parts, as opening the store does first of all.
     *
     * @throws IbidException {@code store/corrupt} when it cannot be finished
     */
    public static void recover(Storage storage) {
        Parts.recover(storage);
    }

    /** Releases the snapshots that the store holds; others' must be closed by them. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (spill != null) {
                spill.close();
            }
            newest.close();
            published.close();
        }
    }
}
