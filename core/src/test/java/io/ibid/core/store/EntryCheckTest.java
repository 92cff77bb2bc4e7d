package io.ibid.core.store;

import static io.ibid.core.store.TestStore.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.index.Entry;
import io.ibid.core.index.EntryFormat;
import io.ibid.core.index.Index;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.value.ByteWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Faults planted in indexes are found and named. */
class EntryCheckTest {

    private static final MemoryStorage SOUND = new MemoryStorage();

    @BeforeAll
    static void fill() {
        TestStore store = new TestStore(1, SOUND, Ablation.NONE);
        store.upsert("{\"_id\":\"conflict\",\"a\":2}");
        store.upsert("{\"_id\":\"deleted\",\"a\":1}");
        store.delete("deleted");
        store.upsert("{\"_id\":\"kept\",\"a\":1,\"m\":{\"k\":[1,2]}}");
        store.upsert("{\"_id\":\"theirs\",\"a\":1}");
        store.createIndex("by_a", true, "a");
        store.createIndex("unfinished", true, "m.k", "-a");
        store.createIndex("going", true, "a");
        assertThat(store.work(3, 2)).isTrue();
        store.dropIndex("going");
        store.close();
    }

    private static List<Finding> check(MemoryStorage storage) {
        try (Snapshot snapshot = storage.snapshot()) {
            return Check.run(snapshot);
        }
    }

    private static void expect(String table, byte[] key, String problem, Consumer<Batch> fault) {
        MemoryStorage storage = SOUND.fork();
        Batch batch = new Batch();
        fault.accept(batch);
        storage.write(batch);
        assertThat(check(storage)).anySatisfy(finding -> {
            assertThat(finding.table()).isEqualTo(table);
            assertThat(finding.key()).isEqualTo(Corruption.name(key));
            assertThat(finding.problem()).contains(problem);
        });
    }

    private static void expectPut(String table, byte[] key, byte[] value, String problem) {
        expect(table, key, problem, batch -> batch.put(key, value));
    }

    private static Entry entry(int index, String id) {
        MemoryStorage storage = SOUND.fork();
        try (Snapshot snapshot = storage.snapshot()) {
            for (Index known : IndexTable.load(snapshot).all()) {
                byte[] prefix = EntryFormat.prefix(index);
                try (Cursor cursor = snapshot.scan(prefix, Keys.after(prefix), false)) {
                    while (known.number() == index && cursor.next()) {
                        Entry entry = known.format().read(cursor.key(), cursor.value());
                        if (entry.id().equals(id(id))) {
                            return entry;
                        }
                    }
                }
            }
        }
        throw new AssertionError("no entry of " + id);
    }

    @Test
    void a_missing_index_entry_is_named() {
        byte[] key = entry(1, "theirs").key();
        expect("index entries", key, "missing: by_a of cars, document theirs", batch -> batch.remove(key));
        byte[] built = entry(2, "conflict").key();
        expect("index entries", built, "missing: unfinished", batch -> batch.remove(built));
    }

    @Test
    void a_surplus_index_entry_is_named() {
        Entry sound = entry(1, "theirs");
        byte[] otherValue = sound.key().clone();
        otherValue[3] ^= 2;
        expectPut("index entries", otherValue, sound.value(), "left over: by_a of cars, document theirs");
        byte[] noDocument = sound.key().clone();
        noDocument[sound.idAt() + 1] ^= 1;
        expectPut("index entries", noDocument, sound.value(), "left over");
        byte[] deleted = new ByteWriter()
                .bytes(sound.key(), 0, sound.idAt())
                .bytes(id("deleted").orderedKey())
                .toByteArray();
        expectPut("index entries", deleted, sound.value(), "left over");
        byte[] unbuilt = new ByteWriter()
                .bytes(entry(2, "conflict").key())
                .truncate(entry(2, "conflict").idAt())
                .bytes(id("theirs").orderedKey())
                .toByteArray();
        expectPut("index entries", unbuilt, new byte[0], "left over: unfinished of cars, document theirs");
        byte[] noIndex = sound.key().clone();
        noIndex[1] = 77;
        expectPut("index entries", noIndex, sound.value(), "index does not exist");
    }

    @Test
    void a_wrong_index_entry_is_named() {
        Entry sound = entry(1, "theirs");
        expectPut(
                "index entries",
                sound.key(),
                new byte[] {Entry.TYPED},
                "its value is wrong: by_a of cars, document theirs");
        expectPut("index entries", sound.key(), new byte[] {Entry.CUT}, "its flags fit no entry");
        expectPut("index entries", sound.key(), new byte[] {64}, "its flags fit no entry");
        expectPut("index entries", new byte[] {Keys.INDEX_ENTRIES, 1, 0x37}, new byte[0], "");
    }

    @Test
    void a_damaged_index_definition_is_named() {
        byte[] key = Keys.meta(Keys.INDEXES, 1);
        MemoryStorage storage = SOUND.fork();
        Batch batch = new Batch();
        batch.put(key, new byte[] {1, 2});
        storage.write(batch);
        assertThat(check(storage))
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem()).contains(Corruption.name(key)));
        expect("index entries", entry(1, "theirs").key(), "index does not exist", batch2 -> batch2.remove(key));
    }
}
