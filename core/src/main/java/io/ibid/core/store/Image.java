package io.ibid.core.store;

import io.ibid.core.error.Ablation;
import io.ibid.core.index.IndexSet;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.DocumentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The store at one moment: a snapshot and what it takes to read it. The dictionaries may know newer names than the snapshot uses,
 * which does no harm: nothing in the snapshot refers to them. Immutable; who closes the snapshot is the affair of
 * {@link Published}.
 *
 * @param version counts the batches written; two images of one version are the same state
 * @param collections how many collections there were
 * @param recent the records that were written last
 * @param indexes the indexes there were, and how far they had come
 * @param evictions how many entries the table of evicted documents has; mostly 0, which spares every insert a look into it
 */
record Image(
        Snapshot snapshot,
        Names names,
        Metadata.Head head,
        Metadata.Identity identity,
        long version,
        int collections,
        long evictions,
        Recent recent,
        IndexSet indexes,
        Ablation ablation) {

    Image withNames(Names other) {
        return new Image(snapshot, other, head, identity, version, collections, evictions, recent, indexes, ablation);
    }

    /** The number of a collection, 0 when the snapshot has none of that name. */
    int collection(String name) {
        int number = names.collections.find(name);
        return number > collections ? 0 : number;
    }

    @Nullable
    Record record(DocumentKey key) {
        int collection = collection(key.collection());
        return collection == 0 ? null : record(collection, key);
    }

    @Nullable
    Record record(int collection, DocumentKey key) {
        byte[] stored = Keys.document(collection, key.id());
        byte[] known = recent.get(stored);
        byte[] value = known == null ? snapshot.get(stored) : known;
        return value == null ? null : Record.read(this, stored, key, value);
    }

    Metadata.Count count(String collection) {
        int number = collection(collection);
        return number == 0 ? Metadata.Count.NONE : Metadata.Count.read(snapshot, number);
    }

    @Nullable
    Eviction eviction(int collection, DocumentId id) {
        if (evictions == 0 || collection == 0) {
            return null;
        }
        byte[] key = Keys.evicted(collection, id);
        byte[] value = snapshot.get(key);
        return value == null ? null : Corruption.read(key, () -> Eviction.decode(new ByteReader(value)));
    }

    List<DocumentKey> evictedAfter(long commit, int max) {
        if (evictions == 0) {
            return List.of();
        }
        List<Map.Entry<Long, DocumentKey>> found = new ArrayList<>();
        byte[] prefix = {Keys.EVICTED};
        try (Cursor cursor = snapshot.scan(prefix, Keys.after(prefix), false)) {
            while (found.size() < max && cursor.next()) {
                byte[] value = cursor.value();
                Eviction eviction = Corruption.read(cursor.key(), () -> Eviction.decode(new ByteReader(value)));
                if (eviction.commit() > commit) {
                    found.add(Map.entry(eviction.commit(), documentKey(cursor.key(), 1)));
                }
            }
        }
        found.sort(Map.Entry.<Long, DocumentKey>comparingByKey().thenComparing(Map.Entry.comparingByValue()));
        return found.stream().map(Map.Entry::getValue).toList();
    }

    ChangeScan changes(@Nullable SortedSet<String> wanted, long afterCommit, @Nullable DocumentKey afterDocument) {
        return ChangeScan.open(this, existing(wanted), afterCommit, afterDocument);
    }

    /** Those of the wanted collections that there are, in the order of their numbers; null: all that users keep. */
    List<String> existing(@Nullable SortedSet<String> wanted) {
        List<String> existing = new ArrayList<>();
        for (int number = 1; number <= collections; number++) {
            String name = names.collections.name(number);
            if (wanted == null ? DocumentKey.isUserCollection(name) : wanted.contains(name)) {
                existing.add(name);
            }
        }
        return existing;
    }

    OptionalInt chainTail(long commit) {
        if (commit == head.commit()) {
            return OptionalInt.of(CommitChain.tail(head.link()));
        }
        return commit > head.commit() ? OptionalInt.empty() : CommitChain.tail(snapshot, commit);
    }

    @Nullable
    Token token(StoreId supplier) {
        byte[] key = Keys.token(supplier);
        byte[] value = snapshot.get(key);
        return value == null ? null : token(key, value);
    }

    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        byte[] prefix = {Keys.TOKENS};
        try (Cursor cursor = snapshot.scan(prefix, Keys.after(prefix), false)) {
            while (cursor.next()) {
                tokens.add(token(cursor.key(), cursor.value()));
            }
        }
        return tokens;
    }

    private static Token token(byte[] key, byte[] value) {
        return Corruption.read(key, () -> {
            ByteReader in = new ByteReader(value);
            long ownCommit = in.varint();
            return new Token(ownCommit, in.bytes(in.remaining()));
        });
    }

    List<DocumentKey> echoes(StoreId partner, int max) {
        List<DocumentKey> keys = new ArrayList<>();
        byte[] prefix = Keys.echoes(partner);
        try (Cursor cursor = snapshot.scan(prefix, Keys.after(prefix), false)) {
            while (keys.size() < max && cursor.next()) {
                byte[] key = cursor.key();
                keys.add(documentKey(key, prefix.length));
            }
        }
        return keys;
    }

    /** The document that the key of a table ends with: number of the collection, id. */
    DocumentKey documentKey(byte[] key, int at) {
        return Corruption.read(key, () -> {
            ByteReader in = new ByteReader(key, at, key.length);
            String collection = names.collections.name(in.varint(Integer.MAX_VALUE));
            DocumentId id = DocumentId.readOrderedKey(in);
            in.expectEnd();
            return new DocumentKey(collection, id);
        });
    }

    List<Acknowledgement> acknowledgements() {
        List<Acknowledgement> rows = new ArrayList<>();
        byte[] prefix = Keys.acknowledgements();
        try (Cursor cursor = snapshot.scan(prefix, Keys.after(prefix), false)) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                rows.add(Corruption.read(
                        key,
                        () -> Acknowledgement.read(
                                Keys.reader(key).skip(1).bytes(StoreIdentity.KEY_LENGTH), cursor.value())));
            }
        }
        return rows;
    }
}
