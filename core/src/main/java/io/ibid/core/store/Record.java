package io.ibid.core.store;

import io.ibid.core.crdt.Arrivals;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Hint;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.error.Ablation;
import io.ibid.core.query.Row;
import io.ibid.core.query.Typing;
import io.ibid.core.value.BinaryWriter;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.OrderedKey;
import io.ibid.core.value.Value;
import io.ibid.core.value.View;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that a store has of one document: the value that readers are shown, in the binary form, and behind it the causal part, which
 * is decoded only when somebody merges, extracts or looks behind the value. Immutable; keeps no snapshot open.
 */
public final class Record {

    private static final View EMPTY = new View(emptyMap());

    private final Names names;
    private final Ablation ablation;
    private final String collection;
    private final byte[] storedKey;
    private final int idAt;
    private final byte[] bytes;
    private final int flags;
    private final long commit;
    private final int bodyAt;
    private @Nullable DocumentId id;
    private @Nullable View view;

    private Record(
            Names names,
            Ablation ablation,
            String collection,
            byte[] storedKey,
            int idAt,
            @Nullable DocumentId id,
            byte[] bytes,
            int flags,
            long commit,
            int bodyAt) {
        this.names = names;
        this.ablation = ablation;
        this.collection = collection;
        this.storedKey = storedKey;
        this.idAt = idAt;
        this.id = id;
        this.bytes = bytes;
        this.flags = flags;
        this.commit = commit;
        this.bodyAt = bodyAt;
    }

    private static byte[] emptyMap() {
        ByteWriter out = new ByteWriter();
        new BinaryWriter(out).beginMap(0).endMap();
        return out.toByteArray();
    }

    /** The record of a document that was looked up. */
    static Record read(Image image, byte[] storedKey, DocumentKey key, byte[] value) {
        return read(
                image, storedKey, key.collection(), storedKey.length - key.id().orderedKey().length, key.id(), value);
    }

    /** The record that a cursor stands on. */
    static Record read(
            Image image, byte[] storedKey, String collection, int idAt, @Nullable DocumentId id, byte[] value) {
        if (value.length < 3 || (value[0] & ~RecordFlags.ALL) != 0) {
            throw Corruption.of(storedKey, "no record begins with these flags", null);
        }
        ByteReader in = new ByteReader(value, 1, value.length);
        long commit = Corruption.read(storedKey, in::varint);
        return new Record(
                image.names(),
                image.ablation(),
                collection,
                storedKey,
                idAt,
                id,
                value,
                value[0],
                commit,
                in.position());
    }

    /** A document that is being written and has no commit yet. */
    static Record pending(Image image, DocumentKey key, Encoded encoded) {
        return new Record(
                image.names(),
                image.ablation(),
                key.collection(),
                new byte[0],
                0,
                key.id(),
                encoded.body(),
                encoded.flags(),
                Arrivals.PENDING,
                0);
    }

    /** The record that a document would have, for looking at a document that is not stored. */
    public static Record of(DocumentKey key, Document document, Ablation ablation) {
        Names names = new Names();
        Encoded encoded = new RecordWriter(names, ablation).encode(document.copy(), Arrivals.PENDING, 0);
        return new Record(
                names,
                ablation,
                key.collection(),
                new byte[0],
                0,
                key.id(),
                encoded.body(),
                encoded.flags(),
                Arrivals.PENDING,
                0);
    }

    public DocumentKey key() {
        return new DocumentKey(collection, id());
    }

    public DocumentId id() {
        DocumentId known = id;
        if (known == null) {
            // A race computes it twice, which is harmless.
            known = Corruption.read(storedKey, () -> DocumentId.readOrderedKey(idReader()));
            id = known;
        }
        return known;
    }

    /** The id, for those who have no use for a {@link DocumentId}. */
    Value idValue() {
        DocumentId known = id;
        return known == null ? Corruption.read(storedKey, () -> OrderedKey.read(idReader())) : known.value();
    }

    private ByteReader idReader() {
        return new ByteReader(storedKey, idAt, storedKey.length);
    }

    /** The commit that changed it last, {@link Arrivals#PENDING} when it is not committed. */
    public long commit() {
        return commit;
    }

    int flags() {
        return flags;
    }

    /** What it takes in the store, about. */
    public int sizeBytes() {
        return bytes.length + storedKey.length;
    }

    /** Whether it was deleted and nothing of it has survived. */
    public boolean isTombstone() {
        return RecordFlags.has(flags, RecordFlags.TOMBSTONE);
    }

    /** Whether readers see the document. */
    public boolean isVisible(boolean hideHusks) {
        return RecordFlags.isVisible(flags, hideHusks);
    }

    /** The shown fields, without {@code _id}: a map. Of a tombstone an empty one. */
    public View view() {
        if (isTombstone()) {
            return EMPTY;
        }
        View known = view;
        if (known == null) {
            known = Corruption.read(storedKey, () -> new View(bytes, bodyAt));
            view = known;
        }
        return known;
    }

    /** All events that it includes; read without decoding the rest. */
    public VersionVector vv() {
        return Corruption.read(storedKey, () -> tail(reader()).vv());
    }

    /** Of a tombstone, what the last values were; else null. */
    public @Nullable Hint hint() {
        return isTombstone()
                ? Corruption.read(storedKey, () -> readTombstone(reader()).hint())
                : null;
    }

    /** Of a tombstone, the hour since 1970 from which its lifetime counts. */
    public int tombstoneHour() {
        return Corruption.read(storedKey, () -> readTombstone(reader()).hour());
    }

    /** The document as the kernel knows it; the caller's own. */
    public Document document() {
        return Corruption.read(storedKey, () -> {
            ByteReader in = reader();
            if (isTombstone()) {
                Hint hint = readTombstone(in).hint();
                return new TailReader(in, names, commit).document(null, hint);
            }
            return tail(in).document(view(), null);
        });
    }

    private ByteReader reader() {
        return new ByteReader(bytes, bodyAt, bytes.length);
    }

    private TailReader tail(ByteReader in) {
        if (isTombstone()) {
            readTombstone(in);
        } else {
            in.skip(view().end() - bodyAt);
        }
        return new TailReader(in, names, commit);
    }

    private record Tombstone(int hour, @Nullable Hint hint) {}

    private static Tombstone readTombstone(ByteReader in) {
        int hour = in.varint(Integer.MAX_VALUE);
        if (in.varint(1) == 0) {
            return new Tombstone(hour, null);
        }
        if (Cbor.read(in) instanceof Value.Struct fields) {
            return new Tombstone(hour, new Hint(fields));
        }
        throw new MalformedException("A routing hint that is no struct");
    }

    Ablation ablation() {
        return ablation;
    }

    /** The document as a statement sees it that declares nothing, in strict mode off. */
    public Row row() {
        return row(Typing.FLEXIBLE);
    }

    /** The document as a statement sees it. */
    public Row row(Typing typing) {
        return DocumentRow.of(this, typing);
    }

    /** Reads a part, and blames the record's key for whatever is wrong with it. */
    <T> T guarded(Supplier<T> reading) {
        return Corruption.read(storedKey, reading);
    }
}
