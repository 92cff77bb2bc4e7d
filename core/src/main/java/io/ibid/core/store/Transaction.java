package io.ibid.core.store;

import io.ibid.core.crdt.Actor;
import io.ibid.core.crdt.Arrivals;
import io.ibid.core.crdt.Authorship;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Dot;
import io.ibid.core.crdt.Edit;
import io.ibid.core.crdt.Hint;
import io.ibid.core.crdt.HybridClock;
import io.ibid.core.crdt.InitialContent;
import io.ibid.core.crdt.Node;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Modification;
import io.ibid.core.query.Source;
import io.ibid.core.query.SystemTarget;
import io.ibid.core.query.Target;
import io.ibid.core.query.Typing;
import io.ibid.core.query.Warning;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.core.value.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One read-write transaction on the head: decides, statement by statement, what will be written, and reads with its own writes.
 * Nothing is stored before {@link #seal} and {@link Store#write}; dropping it undoes everything.
 *
 * <p>All that it writes in a document is one event under one dot. Its time is one tick of the hybrid clock, raised for documents
 * that have seen more.
 *
 * <p>Confined to the holder of the writer turn.
 */
public final class Transaction implements Target {

    private final Head head;
    private final Image image;
    private final WriteSettings settings;
    private final RecordWriter writer;
    private final PendingTable pendings;
    private final List<SidePut> sidePuts = new ArrayList<>();
    private final List<Undo> undos = new ArrayList<>();
    private List<Warning> warnings = new ArrayList<>();
    private final PendingEntries.Kept pendingEntries = new PendingEntries.Kept(this);
    private int savepoint;
    private Actor actor;
    private long epoch;
    private long hlc;
    private boolean sealed;

    /** The state of a document before a savepoint's statement; null: the transaction had not touched it. */
    private record Undo(DocumentKey key, @Nullable Pending before) {}

    Transaction(Head head, WriteSettings settings) {
        this.head = head;
        // Whatever is only decided may still come to nothing, so the real dictionaries must not learn of it.
        this.image = head.image().withNames(head.image().names().overlay());
        this.settings = settings;
        this.writer = new RecordWriter(image.names(), image.ablation());
        this.pendings = new PendingTable(image, head.spill());
        this.epoch = image.identity().epoch();
        this.actor = head.actor(epoch);
    }

    @Override
    public Source source() {
        return new TransactionSource(this, head.source(settings.reading()));
    }

    /** The moment before a statement. */
    public Savepoint savepoint() {
        savepoint++;
        return new Savepoint(undos.size(), sidePuts.size());
    }

    /** Undoes what was written since; the savepoint can be used again. */
    public void rollback(Savepoint to) {
        pendingEntries.forget();
        while (undos.size() > to.undos) {
            Undo undo = undos.removeLast();
            pendings.restore(undo.key, undo.before);
        }
        sidePuts.subList(to.sidePuts, sidePuts.size()).clear();
        savepoint++;
    }

    /** Writes a value in the batch of this transaction. */
    public void put(SidePut side) {
        sidePuts.add(side);
    }

    @Override
    public List<Warning> warnings() {
        List<Warning> told = warnings;
        warnings = new ArrayList<>();
        return told;
    }

    // ---- what statements do

    @Override
    public SystemTarget system() {
        return head.system();
    }

    @Override
    public @Nullable DocumentId insert(
            String collection, Value.Struct document, Typing typing, Conflict policy, boolean initial) {
        Value given = document.get(DocumentRow.ID);
        DocumentId id = given instanceof Value.Missing ? head.generateId() : DocumentId.of(given);
        DocumentKey key = new DocumentKey(collection, id);
        Pending pending = load(key);
        TypedFields fields = new TypedFields(typing);
        if (initial) {
            return insertInitial(pending, document, fields) ? id : null;
        }
        Record record = pending.record(image);
        if (record != null && record.isVisible(hideHusks())) {
            switch (policy) {
                case FAIL ->
                    throw new IbidException(
                            ErrorCode.QUERY_EVALUATION,
                            "Identifier conflict on document " + Json.write(id.value())
                                    + ": using FAIL conflict policy");
                case NOTHING -> {
                    return null;
                }
                case UPDATE -> {}
                case UPDATE_LOCAL_DIFF -> {
                    return insertDifferences(pending, document, fields) ? id : null;
                }
            }
        }
        Document target = pending.document(image);
        Edit edit = edit(pending, target);
        edit.insert(hideHusks());
        fields.insert(edit, document);
        written(pending, target, "Insert");
        return id;
    }

    private boolean insertDifferences(Pending pending, Value.Struct document, TypedFields fields) {
        Document target = pending.document(image);
        Node.Branch seen = target.reading(image.ablation()).root();
        if (!fields.insertDifferences(null, document, seen)) {
            return false;
        }
        Edit edit = edit(pending, target);
        edit.insert(hideHusks());
        fields.insertDifferences(edit, document, seen);
        written(pending, target, "Insert");
        return true;
    }

    private boolean insertInitial(Pending pending, Value.Struct document, TypedFields fields) {
        InitialContent content = new InitialContent();
        fields.insert(content, document);
        // The event is everybody's and exempt from the rule of no amnesia, so it is no reason for a new epoch.
        note(pending);
        Dot dot = new Dot(HybridClock.timeFor(pending.before(), tick()), actor);
        Document target = pending.document(image);
        Edit edit = target.edit(dot, pending.before(), image.ablation());
        if (!edit.initial(pending.key.collection(), pending.key.id(), content)) {
            return false;
        }
        written(pending, target, "Insert");
        return true;
    }

    @Override
    public boolean update(String collection, DocumentId id, List<Modification> modifications, Typing typing) {
        Pending pending = load(new DocumentKey(collection, id));
        Record record = pending.record(image);
        if (record == null || !record.isVisible(hideHusks())) {
            return false;
        }
        TypedFields fields = new TypedFields(typing);
        Document target = pending.document(image);
        Edit edit = edit(pending, target);
        edit.update(hideHusks());
        for (Modification modification : modifications) {
            fields.modify(edit, modification, record);
        }
        written(pending, target, "Update");
        return true;
    }

    @Override
    public boolean delete(String collection, DocumentId id) {
        Pending pending = load(new DocumentKey(collection, id));
        Record record = pending.record(image);
        if (record == null || !record.isVisible(hideHusks())) {
            return false;
        }
        Document target = pending.document(image);
        edit(pending, target).delete(hideHusks(), hint(record));
        wrote(pending, writer.encode(target, Arrivals.PENDING, hlc), target);
        return true;
    }

    private @Nullable Hint hint(Record record) {
        Value.Struct.Builder candidates = Value.Struct.builder();
        boolean any = false;
        for (String name : settings.hintFields().of(record.key().collection())) {
            View value = record.view().field(name);
            if (value != null) {
                candidates.put(name, value.toValue());
                any = true;
            }
        }
        return any ? Hint.of(candidates.build()) : null;
    }

    @Override
    public boolean evict(String collection, DocumentId id) {
        Pending pending = load(new DocumentKey(collection, id));
        Record record = pending.record(image);
        if (record == null || !record.isVisible(hideHusks())) {
            return false;
        }
        note(pending);
        Change.Evict evicted = pending.evicted();
        if (evicted == null && pending.base != null) {
            long own = pending.base.vv().get(actor);
            evicted = new Change.Evict(pending.key, own);
            if (own != 0 && head.countsStub()) {
                nextEpoch();
            }
        }
        pending.evict(evicted);
        pendings.written(0);
        return true;
    }

    // ---- how they do it

    private boolean hideHusks() {
        return settings.reading().hideHusks();
    }

    Image image() {
        return image;
    }

    WriteSettings settings() {
        return settings;
    }

    @Nullable
    Pending pending(DocumentKey key) {
        return pendings.get(key);
    }

    /** The documents of a collection that the transaction has touched, as an index will have them. */
    PendingEntries pendingEntries(IndexShape index, Typing typing) {
        return pendingEntries.of(index, typing);
    }

    /** The documents of a collection that the transaction has touched, in the order of their ids or backwards. To be closed. */
    PendingWalk pendings(String collection, boolean reverse) {
        return pendings.walk(collection, reverse);
    }

    private Pending load(DocumentKey key) {
        Pending known = pendings.get(key);
        return known == null ? Pending.load(image, key) : known;
    }

    /** Makes the document part of the transaction, and remembers how it was for the last savepoint. */
    private void note(Pending pending) {
        if (sealed) {
            throw new AssertionError("the transaction is sealed");
        }
        pendingEntries.forget();
        boolean isNew = pendings.note(pending);
        if (savepoint > 0 && (isNew || pending.savepoint < savepoint)) {
            undos.add(new Undo(pending.key, isNew ? null : pending.copy()));
            pending.savepoint = savepoint;
        }
    }

    private Edit edit(Pending pending, Document document) {
        note(pending);
        Dot dot = pending.dot();
        if (dot == null) {
            if (Authorship.needsNewEpoch(document, actor, pending.stub(), image.ablation())) {
                nextEpoch();
            }
            long time = HybridClock.timeFor(document.vv(), tick());
            if (time != hlc && head.adopt(time)) {
                hlc = time;
            }
            dot = new Dot(time, actor);
            pending.begin(dot);
        }
        return document.edit(dot, pending.before(), image.ablation());
    }

    private long tick() {
        if (hlc == 0) {
            hlc = head.tick();
        }
        return hlc;
    }

    private void nextEpoch() {
        epoch++;
        actor = head.actor(epoch);
    }

    /** Encodes what a statement has left, for its readers and for apply, and holds it to the limits. */
    private void written(Pending pending, Document document, String verb) {
        Encoded encoded = writer.encode(document, Arrivals.PENDING, hlc);
        wrote(pending, encoded, document);
        long bytes = encoded.valueBytes();
        if (bytes <= settings.softBytesMax()) {
            return;
        }
        String id = Json.write(pending.key.id().value());
        if (settings.refuses(bytes)) {
            throw new IbidException(
                    ErrorCode.QUERY_EXECUTION,
                    "Query failed: DQL Internal execution error: " + verb + " failed: <store> Document `_id = " + id
                            + "` size is " + bytes + " bytes and exceeds limit of " + settings.hardBytesMax()
                            + " bytes");
        }
        warnings.add(new Warning(
                pending.key.id().value(),
                "Document `_id = " + id + "` size is " + kilobytes(bytes) + " KB exceeds recommended limit of "
                        + kilobytes(settings.softBytesMax()) + " KB bytes and might have reduced performance"));
    }

    private void wrote(Pending pending, Encoded encoded, Document document) {
        pending.wrote(encoded, document.vv());
        pendings.written(encoded.body().length);
    }

    private static String kilobytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1000.0);
    }

    // ---- the end

    /** What was decided: {@link Change#NOTHING} when nothing was written. The transaction is over. */
    public Change seal() {
        sealed = true;
        Iterable<Change.DocumentChange> documents = SealedDocuments.of(pendings, image, writer, hlc);
        if (!documents.iterator().hasNext()) {
            return sidePuts.isEmpty() ? Change.NOTHING : head.beside(sidePuts);
        }
        return new Change.Local(tick(), documents, sidePuts, head.effects(epoch));
    }
}
