package io.ibid.core.store;

import io.ibid.core.crdt.Actor;
import io.ibid.core.storage.Batch;
import io.ibid.core.value.DocumentId;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the tables that belong to a document in step with it: the record, its one entry in the change index, the expiry of its
 * tombstone, what its eviction left, the counts. Part of {@link Apply}; one instance per change.
 */
final class TableWriter {

    private final Image base;
    private final Batch batch;
    private final long commit;
    private final NodeEffects node;
    private final Actor actor;
    private final IndexTable indexes;
    private final TreeSet<String> collections = new TreeSet<>();
    private final TreeMap<Integer, long[]> countChanges = new TreeMap<>();
    private final TreeMap<Integer, Long> reaped = new TreeMap<>();
    private Metadata.Identity identity;
    private long evictions;

    TableWriter(Image base, Batch batch, long commit, NodeEffects node, Actor actor) {
        this.base = base;
        this.batch = batch;
        this.commit = commit;
        this.node = node;
        this.actor = actor;
        this.indexes = new IndexTable(base.indexes(), batch);
        this.identity = base.identity();
        this.evictions = base.evictions();
        if (node.startsEpoch()) {
            startEpoch();
        }
    }

    IndexTable indexes() {
        return indexes;
    }

    Metadata.Identity identity() {
        return identity;
    }

    long evictions() {
        return evictions;
    }

    SortedSet<String> collections() {
        return collections;
    }

    /** The collection's number, a new one if need be. */
    int collection(String name) {
        return base.names().collections.number(name);
    }

    /**
     * Puts a record in place of the one before.
     *
     * @param evicted when the record before was forgotten in the same change
     * @param ownHlc the time up to which the document has the events of an actor
     * @param origin the number of the store that brought it, 0 for none
     */
    void write(
            int collection,
            DocumentKey key,
            @Nullable Record before,
            Encoded after,
            Change.@Nullable Evict evicted,
            ToLongFunction<Actor> ownHlc,
            int origin) {
        DocumentId id = key.id();
        collections.add(key.collection());
        batch.put(Keys.document(collection, id), after.at(commit));
        if (before != null) {
            batch.removeOnce(Keys.change(collection, before.commit(), id));
        }
        batch.put(Keys.change(collection, commit, id), new ChangeValue(false, origin).encode());
        Record pending = Record.pending(base, key, after);
        indexes.write(key.collection(), id, before, pending);
        References.write(batch, collection, id, before, pending);
        expiry(collection, id, before, after);
        count(collection, before == null ? 0 : before.flags(), after.flags());
        settleEviction(collection, id, before, evicted == null ? 0 : evicted.ownHlc(), ownHlc);
    }

    private void expiry(int collection, DocumentId id, @Nullable Record before, Encoded after) {
        int hourBefore = before != null && before.isTombstone() ? before.tombstoneHour() : -1;
        int hour = after.isTombstone() ? after.tombstoneHour() : -1;
        if (hour == hourBefore) {
            return;
        }
        if (hourBefore >= 0) {
            batch.removeOnce(Keys.tombstone(hourBefore, collection, id));
        }
        if (hour >= 0) {
            batch.put(Keys.tombstone(hour, collection, id), new byte[0]);
        }
    }

    /** Once a document is written again, the change index says so instead; its stub stays until all that was forgotten is back. */
    private void settleEviction(
            int collection, DocumentId id, @Nullable Record record, long forgottenHlc, ToLongFunction<Actor> ownHlc) {
        Eviction before = eviction(collection, id);
        if (before == null && forgottenHlc == 0) {
            return;
        }
        if (before != null && before.commit() > 0 && record == null) {
            batch.removeOnce(Keys.change(collection, before.commit(), id));
        }
        long stub = stub(before, forgottenHlc);
        put(
                collection,
                id,
                before,
                new Eviction(
                        before == null ? 0 : before.commit(),
                        Long.compareUnsigned(ownHlc.applyAsLong(actor), stub) >= 0 ? 0 : stub));
    }

    /** Forgets a document. */
    void evict(int collection, Record record, long ownHlc) {
        DocumentId id = record.id();
        collections.add(record.key().collection());
        batch.remove(Keys.document(collection, id));
        batch.removeOnce(Keys.change(collection, record.commit(), id));
        batch.put(Keys.change(collection, commit, id), new ChangeValue(true, 0).encode());
        if (record.isTombstone()) {
            batch.removeOnce(Keys.tombstone(record.tombstoneHour(), collection, id));
        }
        indexes.write(record.key().collection(), id, record, null);
        References.write(batch, collection, id, record, null);
        count(collection, record.flags(), 0);
        Eviction before = eviction(collection, id);
        put(collection, id, before, new Eviction(commit, stub(before, ownHlc)));
    }

    /** Forgets a tombstone. */
    void reap(int collection, Record record, long ownHlc) {
        DocumentId id = record.id();
        batch.remove(Keys.document(collection, id));
        batch.removeOnce(Keys.change(collection, record.commit(), id));
        batch.removeOnce(Keys.tombstone(record.tombstoneHour(), collection, id));
        reaped.merge(collection, record.commit(), Math::max);
        Eviction before = eviction(collection, id);
        long stub = stub(before, ownHlc);
        if (before != null || stub != 0) {
            put(collection, id, before, new Eviction(0, stub));
        }
    }

    /** Every supplier was told of an eviction; there must be no stub with it. */
    void forgetEviction(int collection, DocumentKey key) {
        DocumentId id = key.id();
        Eviction before = eviction(collection, id);
        if (before != null && before.commit() > 0) {
            if (base.record(collection, key) == null) {
                batch.removeOnce(Keys.change(collection, before.commit(), id));
            }
            put(collection, id, before, new Eviction(0, before.ownHlc()));
        }
    }

    private long stub(@Nullable Eviction before, long forgottenHlc) {
        if (node.startsEpoch()) {
            return 0;
        }
        return before == null || Long.compareUnsigned(before.ownHlc(), forgottenHlc) < 0
                ? forgottenHlc
                : before.ownHlc();
    }

    private @Nullable Eviction eviction(int collection, DocumentId id) {
        Eviction eviction = base.eviction(collection, id);
        if (eviction == null || !node.startsEpoch()) {
            return eviction;
        }
        return eviction.commit() == 0 ? null : new Eviction(eviction.commit(), 0);
    }

    private void put(int collection, DocumentId id, @Nullable Eviction before, Eviction after) {
        byte[] key = Keys.evicted(collection, id);
        if (!after.isVoid()) {
            batch.put(key, after.encode());
            evictions += before == null ? 1 : 0;
        } else if (before != null) {
            batch.remove(key);
            evictions--;
        }
    }

    /** A new actor has issued no events that could have been forgotten: all stubs go. */
    private void startEpoch() {
        identity = identity.withEpoch(node.epoch());
        batch.put(Keys.meta(Keys.IDENTITY), identity.encode());
        evictions -= Stubs.clear(base.snapshot(), batch);
    }

    /** As {@link #startEpoch}, with the actors of another store. */
    void renew(StoreId storeId) {
        identity = identity.renewed(storeId);
        batch.put(Keys.meta(Keys.IDENTITY), identity.encode());
        evictions -= Stubs.clear(base.snapshot(), batch);
    }

    private void count(int collection, int flagsBefore, int flagsAfter) {
        boolean existed = RecordFlags.has(flagsBefore, RecordFlags.EXISTS);
        boolean exists = RecordFlags.has(flagsAfter, RecordFlags.EXISTS);
        boolean wasHusk = !existed && RecordFlags.has(flagsBefore, RecordFlags.FIELDS);
        boolean isHusk = !exists && RecordFlags.has(flagsAfter, RecordFlags.FIELDS);
        if (existed != exists || wasHusk != isHusk) {
            long[] changes = countChanges.computeIfAbsent(collection, any -> new long[2]);
            changes[0] += (exists ? 1 : 0) - (existed ? 1 : 0);
            changes[1] += (isHusk ? 1 : 0) - (wasHusk ? 1 : 0);
        }
    }

    /** Writes what is known only behind the last document. */
    void finish() {
        countChanges.forEach((collection, changes) -> {
            Metadata.Count before = collection > base.collections()
                    ? Metadata.Count.NONE
                    : Metadata.Count.read(base.snapshot(), collection);
            Metadata.Count after = new Metadata.Count(before.existing() + changes[0], before.husks() + changes[1]);
            if (after.existing() < 0 || after.husks() < 0) {
                throw Corruption.of(Keys.meta(Keys.COUNT, collection), "fewer documents than were removed", null);
            }
            batch.put(Keys.meta(Keys.COUNT, collection), after.encode());
        });
        reaped.forEach((collection, newest) -> {
            long known = Metadata.reaped(base.snapshot(), collection);
            batch.put(Keys.meta(Keys.REAPED, collection), Metadata.number(Math.max(known, newest)));
        });
        if (evictions != base.evictions()) {
            batch.put(Keys.meta(Keys.EVICTIONS), Metadata.number(evictions));
        }
        if (node.lease() != 0) {
            batch.put(Keys.meta(Keys.LEASE), Metadata.number(node.lease()));
        }
        base.names().appendUnwritten(batch);
    }
}
