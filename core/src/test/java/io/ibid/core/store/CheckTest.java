package io.ibid.core.store;

import static io.ibid.core.store.TestStore.id;
import static io.ibid.core.store.TestStore.increment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.Ablation;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.View;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** For each table a planted fault is found and named. */
class CheckTest {

    private static final StoreId SUPPLIER = new StoreId(7, 7);

    /** A store with something in every table. */
    private static final MemoryStorage SOUND = new MemoryStorage();

    private static long head;

    @BeforeAll
    static void fill() {
        TestStore store = new TestStore(1, SOUND, Ablation.NONE);
        try (TestStore other = new TestStore(2)) {
            other.upsert("{\"_id\":\"theirs\",\"a\":1}");
            other.upsert("{\"_id\":\"conflict\",\"a\":1}");
            store.upsert("{\"_id\":\"conflict\",\"a\":2}");
            TestUnit.pull(store, TestUnit.since(other, 0));
        }
        store.upsert("{\"_id\":\"kept\",\"a\":1,\"m\":{\"k\":[1,2]}}");
        store.upsert("{\"_id\":\"photo\",\"image\":{\"id\":\""
                + AttachmentId.ofContent(new byte[32], 1)
                + "\",\"len\":1,\"metadata\":{}}}");
        store.upsert("{\"_id\":\"deleted\",\"a\":1}");
        store.delete("deleted");
        store.upsert("{\"_id\":\"evicted\",\"a\":1}");
        store.evict("evicted");
        for (int i = 0; i < CommitChain.BLOCK; i++) {
            store.update("kept", increment("n", 1));
        }
        store.write(store.store
                .head()
                .beside(List.of(
                        SidePut.token(SUPPLIER, new byte[] {1}),
                        new Acknowledgement(new byte[33], SUPPLIER, true, 5, 6).put())));
        store.createIndex("by_a", true, "a");
        store.work(5, 100);
        head = store.store.head().commitId();
        store.close();
    }

    private static List<Finding> check(MemoryStorage storage) {
        try (Snapshot snapshot = storage.snapshot()) {
            return Check.run(snapshot);
        }
    }

    private static List<Finding> planted(Consumer<Batch> fault) {
        MemoryStorage storage = reopened();
        Batch batch = new Batch();
        fault.accept(batch);
        storage.write(batch);
        return check(storage);
    }

    /** The test store closes its storage; a copy is open. */
    private static MemoryStorage reopened() {
        return SOUND.fork();
    }

    private static void expect(String table, byte[] key, String problem, Consumer<Batch> fault) {
        assertThat(planted(fault)).anySatisfy(finding -> {
            assertThat(finding.table()).isEqualTo(table);
            assertThat(finding.key()).isEqualTo(Corruption.name(key));
            assertThat(finding.problem()).contains(problem);
        });
    }

    private static void expectPut(String table, byte[] key, byte[] value, String problem) {
        expect(table, key, problem, batch -> batch.put(key, value));
    }

    private static byte[] get(byte[] key) {
        MemoryStorage storage = reopened();
        try (Snapshot snapshot = storage.snapshot()) {
            byte[] value = snapshot.get(key);
            assertThat(value).isNotNull();
            return value;
        }
    }

    private static byte[] changed(byte[] key, int at, int xor) {
        byte[] value = get(key);
        value[at < 0 ? value.length + at : at] ^= (byte) xor;
        return value;
    }

    private static byte[] document(String id) {
        return Keys.document(1, id(id));
    }

    /** The commit that a document's record names. */
    private static long commit(String id) {
        byte[] record = get(document(id));
        return new ByteReader(record, 1, record.length).varint();
    }

    private static byte[] change(String id) {
        return Keys.change(1, commit(id), id(id));
    }

    @Test
    void a_sound_store_has_no_findings() {
        assertThat(check(reopened())).isEmpty();
        for (byte table : Keys.TABLES) {
            if (table == Keys.PARTS) {
                continue; // filled only while a change is under way
            }
            try (Snapshot snapshot = reopened().snapshot();
                    Cursor cursor = snapshot.scan(new byte[] {table}, new byte[] {(byte) (table + 1)}, false)) {
                assertThat(cursor.next()).as("table %s is filled", (char) table).isTrue();
            }
        }
    }

    // ---- documents

    @Test
    void documents_that_cannot_be_read_are_named() {
        byte[] key = document("conflict");
        expectPut("documents", key, new byte[] {64, 1, 2}, "flags");
        expectPut("documents", key, Arrays.copyOf(get(key), get(key).length - 2), "corrupt");
        byte[] noCollection = Keys.document(9, id("x"));
        expectPut("documents", noCollection, get(key), "Unknown collection number 9");
        byte[] noId = {Keys.DOCUMENTS, 1, 99};
        expectPut("documents", noId, get(key), "");
    }

    @Test
    void a_document_whose_value_and_causal_part_disagree_is_named() {
        byte[] key = document("conflict");
        expectPut("documents", key, changed(key, 0, RecordFlags.TYPED), "do not agree");
        expectPut("documents", key, changed(key, 0, RecordFlags.EXISTS), "do not agree");
        byte[] tombstone = document("deleted");
        // Another hour than the table of tombstones has.
        expectPut("documents", tombstone, changed(tombstone, 3, 1), "table of tombstones");
    }

    @Test
    void an_event_outside_the_version_vector_is_named() {
        byte[] key = document("theirs");
        byte[] sound = get(key);
        int tail = new View(sound, 2).end();
        ByteWriter torn = new ByteWriter().bytes(sound, 0, tail);
        torn.u8(TailWriter.EXIST).varint(1).fixed64(100).varint(1).varint(0); // the vector: one actor at time 100
        torn.varint(1).varint(0).varint(101).varint(0); // one event of it, 101 earlier
        expectPut("documents", key, torn.toByteArray(), "before the beginning of time");
        ByteWriter unknown = new ByteWriter().bytes(sound, 0, tail);
        unknown.u8(TailWriter.EXIST).varint(1).fixed64(100).varint(77).varint(0);
        expectPut("documents", key, unknown.toByteArray(), "Unknown actor number 77");
        ByteWriter early = new ByteWriter().bytes(sound, 0, tail);
        early.u8(TailWriter.EXIST).varint(1).fixed64(100).varint(1).varint(0);
        early.varint(1).varint(0).varint(0).varint(head + 5); // arrived later than the record was written
        expectPut("documents", key, early.toByteArray(), "after its own");
    }

    @Test
    void a_document_that_the_change_index_lacks_is_named() {
        expect("documents", document("theirs"), "change index", batch -> batch.remove(change("theirs")));
    }

    @Test
    void a_document_of_a_commit_that_never_was_is_named() {
        byte[] record = get(document("theirs"));
        byte[] later = new ByteWriter()
                .u8(record[0])
                .varint(head + 9)
                .bytes(record, 2, record.length - 2)
                .toByteArray();
        expectPut("documents", document("theirs"), later, "is not one of the");
    }

    // ---- changes

    @Test
    void a_change_without_its_document_is_named() {
        expect("changes", change("theirs"), "does not exist", batch -> batch.remove(document("theirs")));
    }

    @Test
    void a_document_that_stands_in_the_change_index_twice_is_named() {
        expectPut("changes", Keys.change(1, 1, id("theirs")), new ChangeValue(false, 0).encode(), "twice");
    }

    @Test
    void a_change_that_says_evicted_of_a_document_that_is_here_is_named() {
        expectPut("changes", change("theirs"), new ChangeValue(true, 0).encode(), "but the document is there");
        expect(
                "changes",
                Keys.change(1, 8, id("evicted")),
                "table of evicted",
                batch -> batch.remove(Keys.evicted(1, id("evicted"))));
    }

    @Test
    void a_change_of_an_unknown_origin_or_commit_is_named() {
        expectPut("changes", change("theirs"), new ChangeValue(false, 44).encode(), "Unknown store number 44");
        expectPut(
                "changes",
                Keys.change(1, head + 1, id("theirs")),
                new ChangeValue(false, 0).encode(),
                "not in the chain");
        expectPut("changes", change("theirs"), new byte[] {9, 9}, "");
    }

    // ---- evictions and tombstones

    @Test
    void an_eviction_that_the_change_index_does_not_know_is_named() {
        byte[] key = Keys.evicted(1, id("evicted"));
        expectPut("evicted", key, new Eviction(3, 0).encode(), "no eviction at commit 3");
        expectPut("evicted", key, new Eviction(0, 0).encode(), "remembers nothing");
        expectPut("evicted", key, new byte[] {1}, "");
        expectPut("metadata", Keys.meta(Keys.EVICTIONS), Metadata.number(5), "counts 5 evicted documents, there are 1");
    }

    @Test
    void an_expiry_without_a_tombstone_is_named() {
        byte[] key = Keys.tombstone(5, 1, id("theirs"));
        expectPut("tombstones", key, new byte[0], "no tombstone of that hour");
        byte[] real;
        try (Snapshot snapshot = reopened().snapshot();
                Cursor cursor = snapshot.scan(new byte[] {Keys.TOMBSTONES}, null, false)) {
            assertThat(cursor.next()).isTrue();
            real = cursor.key();
        }
        expectPut("tombstones", real, new byte[] {1}, "has a value");
        expect("documents", document("deleted"), "table of tombstones", batch -> batch.remove(real));
    }

    // ---- the chain

    @Test
    void a_broken_chain_is_named() {
        byte[] newest = Keys.chainEntry(head);
        expectPut("chain", newest, changed(newest, 0, 1), "differs from the chain's end");
        expect("chain", newest, "newest commit is not in the chain", batch -> batch.remove(newest));
        expectPut("chain", Keys.chainEntry(head + 1), new byte[4], "does not belong to the block");
        expectPut("chain", newest, new byte[3], "not 4 bytes");
        byte[] block = Keys.chainBlock(0);
        expect("chain", block, "missing", batch -> batch.remove(block));
        expectPut("chain", block, Arrays.copyOf(get(block), 1000), "another number of commits");
        expectPut("chain", block, changed(block, -1, 1), "not where the block ends");
        expectPut("chain", Keys.chainBlock(9), get(block), "the block before it is missing");
    }

    // ---- partners

    @Test
    void a_token_ahead_of_its_data_is_named() {
        byte[] key = Keys.token(SUPPLIER);
        expectPut("tokens", key, Metadata.number(head + 1), "was written at commit " + (head + 1));
        expectPut("tokens", key, new byte[0], "");
        expectPut("tokens", new byte[] {Keys.TOKENS, 1}, new byte[] {1}, "no store id");
    }

    @Test
    void a_damaged_acknowledgement_is_named() {
        byte[] key = Keys.acknowledgement(new byte[33]);
        expectPut("acknowledgements", key, new byte[] {1, 2}, "");
        byte[] ahead = new ByteWriter()
                .varint(1)
                .bytes(SUPPLIER.bytes())
                .u8(0)
                .varint(head + 1)
                .varint(0)
                .toByteArray();
        expectPut("acknowledgements", key, ahead, "it acknowledges commit " + (head + 1));
        expectPut("acknowledgements", new byte[] {Keys.ACKNOWLEDGEMENTS, 5}, new byte[0], "kind is unknown");
    }

    // ---- metadata

    @Test
    void damaged_metadata_is_named() {
        expectPut("metadata", Keys.meta((byte) 'z'), new byte[0], "no metadata is called so");
        byte[] count = Keys.meta(Keys.COUNT, 1);
        expectPut("metadata", count, new Metadata.Count(99, 0).encode(), "it counts 99 documents and 0 husks of cars");
        expectPut("metadata", Keys.meta(Keys.LEASE), new byte[] {1, 2}, "");
        for (byte letter : new byte[] {Keys.HEAD, Keys.IDENTITY}) {
            List<Finding> findings = planted(batch -> batch.put(Keys.meta(letter), new byte[] {1}));
            assertThat(findings).hasSize(1);
            assertThat(findings.get(0).problem()).contains(Corruption.name(Keys.meta(letter)));
            assertThat(planted(batch -> batch.remove(Keys.meta(letter))).get(0).problem())
                    .contains("missing");
        }
    }

    @Test
    void a_gap_in_a_dictionary_is_named() {
        List<Finding> findings = planted(batch -> batch.remove(Keys.meta(Keys.ACTORS, 1)));
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).problem()).contains("M 6100000002").contains("gap");
        byte[] again = Keys.meta(Keys.COLLECTION_NAMES, 2);
        assertThat(planted(batch -> batch.put(again, "cars".getBytes(StandardCharsets.UTF_8)))
                        .get(0)
                        .problem())
                .contains("two numbers");
    }

    @Test
    void an_unknown_format_is_refused() {
        MemoryStorage storage = reopened();
        Batch batch = new Batch();
        batch.put(
                Keys.meta(Keys.FORMAT), new ByteWriter().text("ibid").varint(2).toByteArray());
        storage.write(batch);
        assertThatThrownBy(() -> check(storage))
                .isInstanceOf(IbidException.class)
                .hasMessageContaining("ibid 2")
                .extracting(e -> ((IbidException) e).code())
                .isEqualTo(ErrorCode.STORE_FORMAT);
    }

    @Test
    void keys_of_no_table_are_named() {
        expectPut("unknown", new byte[] {'Q', 1}, new byte[0], "no table");
        expectPut("unknown", new byte[] {1}, new byte[0], "no table");
        expectPut("unknown", new byte[] {(byte) 0xff}, new byte[0], "no table");
    }

    @Test
    void no_damage_to_any_single_entry_breaks_the_check_itself() {
        Random random = new Random(5);
        Snapshot snapshot = reopened().snapshot();
        try (Cursor cursor = snapshot.scan(new byte[0], null, false)) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                if (key[0] == Keys.CHAIN && random.nextInt(50) > 0) {
                    continue;
                }
                for (int i = 0; i < 6; i++) {
                    byte[] value = cursor.value();
                    if (value.length == 0) {
                        continue;
                    }
                    value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
                    try {
                        planted(batch -> batch.put(key, value));
                    } catch (IbidException e) {
                        assertThat(e.code()).isIn(ErrorCode.STORE_FORMAT, ErrorCode.STORE_CORRUPT);
                    }
                }
            }
        }
    }
}
