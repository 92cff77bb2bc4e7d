package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static io.ibid.core.store.TestStore.id;
import static io.ibid.core.store.TestStore.increment;
import static io.ibid.core.store.TestStore.set;
import static io.ibid.core.store.TestStore.struct;
import static io.ibid.core.store.TestStore.unset;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.index.Entry;
import io.ibid.core.index.Index;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Modification;
import io.ibid.core.query.Source;
import io.ibid.core.query.Span;
import io.ibid.core.query.Target.Conflict;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.Batch;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which entries a document has, and what a write does to them. */
class IndexEntriesTest {

    private static List<Batch.Operation> operations(TestStore store, Change change) {
        Image image = store.store.head().image();
        Applied applied = Apply.apply(
                image,
                image.head().commit() + 1,
                change,
                store.store.head().actor(image.identity().epoch()),
                new Parts(store.storage, image.head().commit() + 1, Store.BATCH_BYTES_MAX));
        return applied.batch().operations().stream()
                .filter(operation -> operation.key()[0] == Keys.INDEX_ENTRIES)
                .toList();
    }

    private static List<Batch.Operation> update(TestStore store, Modification... modifications) {
        Transaction transaction = store.store.head().transaction(store.settings);
        transaction.update(CARS, id("x"), List.of(modifications), Typing.FLEXIBLE);
        return operations(store, transaction.seal());
    }

    private static List<Entry> entries(TestStore store, IndexShape shape) {
        Index index = store.store.head().indexes().finished(shape);
        return DocumentEntries.of(index, store.record("x"));
    }

    private static Typing declaring(boolean strict, String path, FieldType type) {
        TreeMap<Path, FieldType> declared = new TreeMap<>();
        Path at = TestStore.path(path);
        for (int depth = 1; depth < at.depth(); depth++) {
            declared.put(new Path(at.keys().subList(0, depth)), FieldType.MAP);
        }
        declared.put(at, type);
        return new Typing(declared, strict);
    }

    private static void compare(TestStore store, IndexShape shape, Typing typing, Value... values) {
        try (Published published = store.store.published()) {
            for (boolean reverse : new boolean[] {false, true}) {
                IndexOracle.compare(published.source(ReadSettings.SHOWN), shape, Span.ALL, typing, reverse);
                IndexOracle.compare(
                        published.source(ReadSettings.SHOWN),
                        shape,
                        new Span(List.of(values), null, null),
                        typing,
                        reverse);
            }
        }
    }

    @Test
    void a_write_of_other_fields_does_not_touch_the_index() {
        try (TestStore store = new TestStore(1)) {
            store.createIndex("a", true, "a");
            store.createIndex("mb", true, "m.b", "-a");
            store.work(9, 9);
            store.upsert("{\"_id\":\"x\",\"a\":1,\"m\":{\"b\":2,\"c\":3},\"other\":1}");
            assertThat(update(store, set("other", "2"), set("m.c", "4"), increment("n", 1)))
                    .isEmpty();
            assertThat(update(store, set("a", "1"))).as("the same value").isEmpty();
            assertThat(update(store, set("m.b", "5"))).as("one of two indexes").hasSize(2);
            assertThat(update(store, set("a", "5"))).as("both").hasSize(4);
            assertThat(update(store, set("a", "1.0")))
                    .as("the same place, another value")
                    .hasSize(4);
        }
    }

    @Test
    void the_size_of_a_span_is_known_exactly_when_it_is_small_and_roughly_when_it_is_large() {
        try (TestStore store = new TestStore(1)) {
            IndexShape byA = store.createIndex("a", true, "a");
            store.work(9, 9);
            store.transact(tx -> {
                for (int i = 0; i < 1_000; i++) {
                    String json = "{\"_id\":\"d" + i + "\",\"a\":" + (i < 5 ? -1 : i % 4) + "}";
                    tx.insert(CARS, struct(json), Typing.FLEXIBLE, Conflict.FAIL, false);
                }
            });
            try (Published published = store.store.published()) {
                Source source = published.source(ReadSettings.SHOWN);
                assertThat(source.estimate(byA, Span.ALL)).isEqualTo(1_000);
                assertThat(source.estimate(byA, new Span(List.of(Value.of(-1)), null, null)))
                        .isEqualTo(5);
                assertThat(source.estimate(byA, new Span(List.of(Value.of(9)), null, null)))
                        .isZero();
                assertThat(source.estimate(byA, new Span(List.of(Value.of(2)), null, null)))
                        .isBetween(200L, 300L);
                assertThat(source.estimate(byA, new Span(List.of(), new Span.Bound(Value.of(1), true), null)))
                        .isBetween(700L, 800L);
            }
        }
    }

    @Test
    void only_visible_documents_have_entries() {
        try (TestStore store = new TestStore(1)) {
            IndexShape byA = store.createIndex("a", true, "a");
            store.work(9, 9);
            store.upsert("{\"_id\":\"x\",\"a\":1}");
            assertThat(entries(store, byA)).hasSize(1);
            store.delete("x");
            assertThat(entries(store, byA)).isEmpty();
            store.upsert("{\"_id\":\"x\",\"b\":1}");
            assertThat(entries(store, byA)).as("MISSING is a value").hasSize(1);
            store.evict("x");
        }
    }

    @Test
    void an_index_without_what_is_missing_leaves_out_documents_without_its_first_key_only() {
        try (TestStore store = new TestStore(1)) {
            IndexShape byBoth = store.createIndex("ab", false, "a", "b");
            store.work(9, 9);
            store.upsert("{\"_id\":\"x\",\"b\":1}");
            assertThat(entries(store, byBoth)).isEmpty();
            store.update("x", set("a", "null"), unset("b"));
            assertThat(entries(store, byBoth)).hasSize(1);
        }
    }

    @Test
    void a_type_that_changes_with_an_equal_value_below_is_noticed() {
        try (TestStore store = new TestStore(1)) {
            IndexShape byB = store.createIndex("mb", true, "m.b");
            store.work(9, 9);
            store.upsert("{\"_id\":\"x\",\"m\":{\"b\":2}}");
            store.transact(tx -> {
                tx.update(CARS, id("x"), List.of(unset("m")), Typing.FLEXIBLE);
                tx.insert(CARS, struct("{\"_id\":\"x\",\"m\":{\"b\":2}}"), Typing.STRICT, Conflict.UPDATE, false);
            });
            assertThat(entries(store, byB))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.flags()).isZero());
            compare(store, byB, Typing.STRICT, Value.of(2));
        }
    }

    @Test
    void each_variant_of_a_field_has_an_entry() {
        try (TestStore store = new TestStore(1)) {
            IndexShape byN = store.createIndex("n", true, "n");
            store.work(9, 9);
            store.upsert("{\"_id\":\"x\",\"n\":10}");
            store.update("x", increment("n", 3));
            assertThat(entries(store, byN))
                    .extracting(entry -> entry.values().getFirst())
                    .containsExactly(Value.of(3), Value.of(10));
            compare(store, byN, Typing.FLEXIBLE, Value.of(3));
            compare(store, byN, Typing.STRICT, Value.of(10));
            compare(store, byN, declaring(true, "n", FieldType.COUNTER), Value.of(3));
            compare(store, byN, declaring(false, "n", FieldType.PN_COUNTER), Value.MISSING);
        }
    }

    @Test
    void a_document_with_too_many_combinations_is_found_all_the_same() {
        try (TestStore store = new TestStore(1)) {
            String[] keys = {"a", "b", "c", "d", "e"};
            IndexShape byAll = store.createIndex("all", true, keys);
            store.work(9, 9);
            store.upsert("{\"_id\":\"x\",\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1}");
            store.upsert("{\"_id\":\"y\",\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":2}");
            for (String key : keys) {
                store.update("x", increment(key, 7));
            }
            assertThat(entries(store, byAll))
                    .as("the shown one, and one that says loose")
                    .hasSize(2);
            Value one = Value.of(1);
            compare(store, byAll, Typing.FLEXIBLE, Value.of(7));
            compare(store, byAll, Typing.STRICT, one, one, one, one, one);
            compare(store, byAll, declaring(false, "c", FieldType.COUNTER), Value.of(7), Value.of(7), Value.of(7));
            compare(store, byAll, declaring(true, "c", FieldType.COUNTER), one, one, Value.of(7));
        }
    }

    @Test
    void documents_whose_keys_begin_alike_for_a_thousand_bytes_are_sorted_in_bounded_memory() {
        try (TestStore store = new TestStore(1)) {
            IndexShape byText = store.createIndex("t", true, "-t", "u");
            store.work(9, 9);
            store.transact(tx -> {
                for (int i = 0; i < 2_500; i++) {
                    String text = "x".repeat(1_100) + (i * 7_919) % 1_250;
                    tx.insert(
                            CARS,
                            struct("{\"_id\":\"d" + i + "\",\"t\":\"" + text + "\",\"u\":" + i + "}"),
                            Typing.FLEXIBLE,
                            Conflict.FAIL,
                            false);
                }
                tx.insert(CARS, struct("{\"_id\":\"z\",\"t\":\"y\"}"), Typing.FLEXIBLE, Conflict.FAIL, false);
            });
            compare(store, byText, Typing.FLEXIBLE, Value.of("x".repeat(1_100) + 17));
            compare(store, byText, Typing.STRICT, Value.of("x".repeat(1_100) + 17), Value.of(17));
        }
    }
}
