package io.ibid.core.store;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Arrivals;
import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.MergeOutcome;
import io.ibid.core.storage.Batch;
import io.ibid.core.value.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The second half of every change of state: a pure function of the change, the number of its commit and the state before. It
 * reaches neither the clock nor random numbers ({@code ArchitectureTest}), so every replica that applies the same changes in the same
 * order has the same state.
 *
 * <p>A local event and one from another store take the same way: the kernel's merge. Where the change was decided on exactly this
 * state, as always on a peer, the result of the merge is known from deciding and is not worked out again.
 *
 * <p>One instance per change; confined to the holder of the writer turn.
 */
final class Apply {

    private final Parts parts;
    private final Image base;
    private final long commit;
    private final Change change;
    private final Batch batch = new Batch();
    private final RecordWriter writer;
    private final int knownActors;
    private final TableWriter tables;
    private final List<Touch> touched = new ArrayList<>();
    private final List<DocumentKey> echoes = new ArrayList<>();
    private boolean evicts;

    private Apply(Image base, long commit, Change change, Actor actor, Parts parts) {
        this.parts = parts;
        this.base = base;
        this.commit = commit;
        this.change = change;
        this.writer = new RecordWriter(base.names(), base.ablation());
        this.knownActors = base.names().actors.size();
        this.tables = new TableWriter(base, batch, commit, change.node(), actor);
    }

    /**
     * Applies a change. The dictionaries may have grown provisionally afterwards.
     *
     * @param commit the number of the commit that it makes; of one that makes none, the newest there is
     * @param actor this node's, for the stubs that only this node has
     * @param parts takes what is too much for one batch; the batch of the outcome is then the rest of it
     */
    static Applied apply(Image base, long commit, Change change, Actor actor, Parts parts) {
        return new Apply(base, commit, change, actor, parts).run();
    }

    private Applied run() {
        boolean isUnit = false;
        switch (change) {
            case Change.Local local -> local.documents().forEach(this::document);
            case Change.Unit unit -> {
                isUnit = true;
                unit(unit);
            }
            case Change.Beside beside -> {}
            case Change.Reap reap -> reap(reap);
            case Change.Indexing indexing -> tables.indexes().step(indexing.step());
            case Change.Renewal renewal -> tables.renew(renewal.storeId());
        }
        for (SidePut side : change.sidePuts()) {
            side(side);
        }
        Metadata.Head head = base.head();
        if (change.makesCommit()) {
            byte[] link = CommitChain.next(head.link(), commit, change.hlc());
            CommitChain.append(batch, base.snapshot(), head.commit(), head.link(), commit, link);
            head = new Metadata.Head(commit, link, change.hlc());
            batch.put(Keys.meta(Keys.HEAD), head.encode());
        }
        tables.finish();
        return new Applied(
                batch,
                head,
                tables.identity(),
                tables.evictions(),
                tables.indexes().indexes(),
                isUnit || !parts.isEmpty() ? null : touched,
                tables.collections(),
                evicts,
                echoes);
    }

    private void reap(Change.Reap reap) {
        for (Change.Evict tombstone : reap.tombstones()) {
            Record record = base.record(tombstone.key());
            if (record != null && record.isTombstone()) {
                tables.reap(tables.collection(tombstone.key().collection()), record, tombstone.ownHlc());
            }
        }
        for (DocumentKey told : reap.evictions()) {
            tables.forgetEviction(tables.collection(told.collection()), told);
        }
        CommitChain.drop(batch, base.snapshot(), reap.chainFrom());
    }

    /** Behind each document: what has gathered may be too much for one batch. */
    private void relieve() {
        parts.relieve(batch);
        if (!parts.isEmpty()) {
            touched.clear();
        }
    }

    private void side(SidePut side) {
        byte[] value = side.value();
        if (value == null) {
            batch.remove(side.key());
        } else {
            batch.put(
                    side.key(),
                    new ByteWriter(value.length + 10)
                            .varint(commit)
                            .bytes(value)
                            .toByteArray());
        }
    }

    // ---- local

    private void document(Change.DocumentChange what) {
        relieve();
        int collection = tables.collection(what.key().collection());
        switch (what) {
            case Change.Evict evict -> {
                Record record = base.record(evict.key());
                if (record != null) {
                    tables.evict(collection, record, evict.ownHlc());
                    touched.add(new Touch(evict.key(), true));
                    evicts = true;
                }
            }
            case Change.Write write -> {
                Edited edited = write.edited();
                if (edited != null && edited.fits(base)) {
                    Encoded encoded = edited.isEncodedFor(knownActors)
                            ? edited.encoded()
                            : writer.encode(edited.document(), Arrivals.PENDING, change.hlc());
                    tables.write(
                            collection,
                            write.key(),
                            edited.base(),
                            encoded,
                            write.evicted(),
                            actor -> edited.record().vv().get(actor),
                            0);
                    touched.add(new Touch(write.key(), false));
                } else {
                    merge(collection, write);
                }
            }
        }
    }

    private void merge(int collection, Change.Write write) {
        Delta delta = write.delta();
        Record record = base.record(write.key());
        Document document = record == null || write.evicted() != null ? new Document() : record.document();
        if (!document.applicable(delta, base.ablation())) {
            throw new AssertionError(
                    "a local change of " + write.key() + " builds on another state than " + document.vv());
        }
        if (document.merge(delta, commit, base.ablation()).changed()) {
            // The event's own time, as when it was decided.
            put(
                    collection,
                    write.key(),
                    record,
                    document,
                    write.evicted(),
                    delta.vv().maxHlc(),
                    0);
            touched.add(new Touch(write.key(), false));
        }
    }

    private void put(
            int collection,
            DocumentKey key,
            @Nullable Record record,
            Document document,
            Change.@Nullable Evict evicted,
            long nowHlc,
            int origin) {
        Encoded encoded = writer.encode(document, commit, change.hlc());
        if (encoded.removals() > 0 && Removals.forget(document, nowHlc, base.ablation())) {
            encoded = writer.encode(document, commit, change.hlc());
        }
        tables.write(collection, key, record, encoded, evicted, document.vv()::get, origin);
        relieve();
    }

    // ---- units

    /** A document of which the unit has several deltas: written once, behind the last one. */
    private record Held(@Nullable Record record, Document document, boolean changed, int origin) {}

    private void unit(Change.Unit unit) {
        TreeMap<DocumentKey, Held> repeated = new TreeMap<>();
        int supplier = base.names().stores.number(unit.unit().supplier());
        boolean sameState = unit.version() == base.version();
        try (IncomingUnit.Deltas deltas = unit.unit().open()) {
            int position = 0;
            for (IncomingUnit.Staged staged = deltas.next(); staged != null; staged = deltas.next(), position++) {
                if (!unit.accepted().get(position)) {
                    continue;
                }
                if (unit.repeated().contains(staged.key())) {
                    Held held = repeated.get(staged.key());
                    if (held == null) {
                        held = load(staged.key());
                    }
                    repeated.put(staged.key(), merge(held, staged, supplier));
                } else {
                    boolean absent = sameState && unit.absent().get(position);
                    write(
                            staged.key(),
                            merge(
                                    absent ? new Held(null, new Document(), false, 0) : load(staged.key()),
                                    staged,
                                    supplier));
                }
            }
        }
        repeated.forEach(this::write);
        byte[] at = new ByteWriter(10).varint(commit).toByteArray();
        for (DocumentKey echo : echoes) {
            batch.put(Keys.echo(unit.unit().supplier(), tables.collection(echo.collection()), echo.id()), at);
            relieve();
        }
    }

    private Held load(DocumentKey key) {
        Record record = base.record(key);
        return new Held(record, record == null ? new Document() : record.document(), false, 0);
    }

    private Held merge(Held held, IncomingUnit.Staged staged, int supplier) {
        Document document = held.document();
        Delta delta = staged.delta();
        if (!document.applicable(delta, base.ablation())) {
            throw new AssertionError("a delta of " + staged.key() + " was accepted that builds on more than is here");
        }
        MergeOutcome outcome = document.merge(delta, commit, base.ablation());
        if (outcome.receiverKnewMore()) {
            echoes.add(staged.key());
        }
        int origin = document.vv().equals(delta.vv()) ? supplier : 0;
        return new Held(held.record(), document, held.changed() || outcome.changed(), origin);
    }

    private void write(DocumentKey key, Held held) {
        if (held.changed()) {
            put(
                    tables.collection(key.collection()),
                    key,
                    held.record(),
                    held.document(),
                    null,
                    change.hlc(),
                    held.origin());
        }
    }
}
