package io.ibid.core.store;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.index.IndexSet;
import io.ibid.core.query.SystemTarget;
import io.ibid.core.value.DocumentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest state of the store, published or not, and what it takes to decide on changes to it. Only the holder of the writer turn
 * may use it, and only during that turn.
 */
public final class Head {

    private final Store store;

    Head(Store store) {
        this.store = store;
    }

    /** The newest commit, 0 for none. */
    public long commitId() {
        return image().head().commit();
    }

    /** What the store has of a document, tombstone or not; null for nothing. */
    public @Nullable Record record(DocumentKey key) {
        return image().record(key);
    }

    /** All events that the store has of a document; empty for nothing. */
    public VersionVector vv(DocumentKey key) {
        Record record = record(key);
        return record == null ? VersionVector.EMPTY : record.vv();
    }

    /** The resume token for a supplier, or null. */
    public @Nullable Token token(StoreId supplier) {
        return image().token(supplier);
    }

    /** Whether a document has a token of this content, be it in a value that is not shown. */
    public boolean isReferenced(AttachmentId id) {
        return !References.of(image(), id, 1).isEmpty();
    }

    /** The indexes, and how far they have come. */
    public IndexSet indexes() {
        return image().indexes();
    }

    /** Begins a read-write transaction. */
    public Transaction transaction(WriteSettings settings) {
        return new Transaction(this, settings);
    }

    /**
     * Decides on a unit of another store.
     *
     * @return a {@link Need} when deltas build on what is not here, {@link Change#NOTHING} when nothing in it is new
     */
    public Proposal unit(IncomingUnit unit) {
        return new UnitDecision(this, unit).decide();
    }

    /** A change of side puts alone. */
    public Change beside(List<SidePut> sidePuts) {
        return new Change.Beside(lastTime(), sidePuts, NodeEffects.NONE);
    }

    /** Gives the store a new id: it was restored to an older state, or runs twice. */
    public Change renewal() {
        return new Change.Renewal(lastTime(), Opening.newStoreId(store.randomness()));
    }

    /** Notes documents of which a partner has an older version than this store. They must be here. */
    public Change owe(StoreId partner, List<DocumentKey> documents) {
        return echoes(partner, documents, new byte[0]);
    }

    /** The partner has them now. */
    public Change settle(StoreId partner, List<DocumentKey> documents) {
        return echoes(partner, documents, null);
    }

    private Change echoes(StoreId partner, List<DocumentKey> documents, byte @Nullable [] value) {
        return beside(documents.stream()
                .map(key -> new SidePut(Keys.echo(partner, image().collection(key.collection()), key.id()), value))
                .toList());
    }

    // ---- for the deciders of this package

    Image image() {
        return store.newest().image();
    }

    SystemTarget system() {
        return store.newest().system();
    }

    SnapshotSource source(ReadSettings settings) {
        return store.newest().snapshotSource(settings);
    }

    /** Where a transaction may put what it writes; null: nowhere. */
    @Nullable
    Spill spill() {
        return store.spill();
    }

    Actor actor(long epoch) {
        return store.actor(epoch);
    }

    DocumentId generateId() {
        return GeneratedId.next(store.randomness());
    }

    /** The time of a transaction. */
    long tick() {
        return store.clock().tick(store.wallMs());
    }

    /** Lets the clock go on from a time that a document has seen; false when it is too far ahead for that. */
    boolean adopt(long hlc) {
        return store.clock().observe(hlc, store.wallMs());
    }

    /** The time of the last event, without another tick. */
    long lastTime() {
        return store.clock().last();
    }

    long wallMs() {
        return store.wallMs();
    }

    void observe(VersionVector vv) {
        store.clock().observe(vv, store.wallMs());
    }

    boolean isAcceptable(VersionVector vv) {
        return store.clock().isAcceptable(vv, store.wallMs());
    }

    /** What must be written with a change that the clock's ticks up to now are part of. */
    NodeEffects effects(long epoch) {
        long ceiling = store.clock().ceiling();
        return new NodeEffects(
                ceiling == store.lease() ? 0 : ceiling,
                epoch == image().identity().epoch() ? -1 : epoch);
    }

    /** Counts one more stub; true when there are too many of them. */
    boolean countsStub() {
        return store.countStub() > Stubs.MAX;
    }
}
