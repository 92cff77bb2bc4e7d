package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.Known;
import io.ibid.core.error.Ablation;
import io.ibid.core.query.Target.Conflict;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** The store against models that are simple enough to be right. */
class StoreModelTest {

    /** Registers only, so that a map of JSON documents is a model. */
    @Test
    void a_store_is_a_map_of_documents_through_restarts() {
        for (int seed = 0; seed < 40; seed++) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            MemoryStorage storage = new MemoryStorage();
            TestStore store = new TestStore(1, storage, Ablation.NONE);
            TreeMap<String, TreeMap<String, Value>> model = new TreeMap<>();
            for (int i = 0; i < 100; i++) {
                List<Runnable> inModel = new ArrayList<>();
                store.transact(tx -> {
                    for (int j = random.nextInt(4); j >= 0; j--) {
                        step(random, tx, model, inModel);
                    }
                });
                inModel.forEach(Runnable::run);
                if (random.nextInt(10) == 0) {
                    store.store.close();
                    store = new TestStore(1, storage, Ablation.NONE);
                    store.clock.nowMs += random.nextInt(20_000) - 10_000;
                }
                List<String> expected = new ArrayList<>();
                model.forEach((id, fields) -> expected.add(Json.write(struct(id, fields))));
                assertThat(store.scan(CARS)).isEqualTo(expected);
                try (Published published = store.store.published()) {
                    assertThat(published.source(ReadSettings.SHOWN).count(CARS)).isEqualTo(expected.size());
                }
            }
            store.close();
        }
    }

    private static void step(
            RandomGenerator random,
            Transaction tx,
            TreeMap<String, TreeMap<String, Value>> model,
            List<Runnable> inModel) {
        String id = "d" + random.nextInt(8);
        String name = "f" + random.nextInt(3);
        Value value = Value.of(random.nextInt(100));
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                tx.insert(
                        CARS,
                        Value.Struct.builder()
                                .put("_id", Value.of(id))
                                .put(name, value)
                                .build(),
                        Typing.STRICT,
                        Conflict.UPDATE,
                        false);
                inModel.add(
                        () -> model.computeIfAbsent(id, any -> new TreeMap<>()).put(name, value));
            }
            case 2 -> {
                tx.update(CARS, TestStore.id(id), List.of(TestStore.set(name, Json.write(value))), Typing.STRICT);
                inModel.add(() -> model.computeIfPresent(id, (any, fields) -> {
                    fields.put(name, value);
                    return fields;
                }));
            }
            case 3 -> {
                tx.delete(CARS, TestStore.id(id));
                inModel.add(() -> model.remove(id));
            }
            default -> {
                tx.evict(CARS, TestStore.id(id));
                inModel.add(() -> model.remove(id));
            }
        }
    }

    private static Value.Struct struct(String id, TreeMap<String, Value> fields) {
        Value.Struct.Builder builder = Value.Struct.builder().put("_id", Value.of(id));
        fields.forEach(builder::put);
        return builder.build();
    }

    /** Three stores write everything there is and exchange units by commit, with restarts between: equal vectors, equal documents. */
    @Test
    void stores_that_exchange_units_agree_in_the_end() {
        for (int seed = 0; seed < 40; seed++) {
            Workload workload = new Workload(seed);
            workload.evicts = seed % 2 == 0;
            List<TestStore> stores = List.of(new TestStore(1), new TestStore(2), new TestStore(3));
            long[][] tokens = new long[3][3];
            for (int i = 0; i < 60; i++) {
                int to = workload.random.nextInt(3);
                int from = workload.random.nextInt(3);
                stores.get(to).clock.nowMs += workload.random.nextInt(100_000);
                if (to == from) {
                    stores.get(to).transact(workload::transaction);
                } else {
                    exchange(stores, tokens, from, to);
                }
            }
            for (int round = 0; round < 3; round++) {
                for (int to = 0; to < 3; to++) {
                    for (int from = 0; from < 3; from++) {
                        if (to != from) {
                            tokens[from][to] = 0;
                            exchange(stores, tokens, from, to);
                        }
                    }
                }
            }
            compare(stores.get(0), stores.get(1));
            compare(stores.get(1), stores.get(2));
            stores.forEach(TestStore::close);
        }
    }

    private static void exchange(List<TestStore> stores, long[][] tokens, int from, int to) {
        TestStore supplier = stores.get(from);
        TestStore receiver = stores.get(to);
        long head = supplier.store.head().commitId();
        TestUnit unit = TestUnit.since(supplier, tokens[from][to]);
        Proposal proposal = receiver.store.head().unit(unit);
        if (proposal instanceof Need need) {
            // Evictions make floors fail; the supplier sends these whole.
            TestUnit again = TestUnit.since(supplier, tokens[from][to]);
            for (Need.Document document : need.documents()) {
                Document whole = supplier.store.head().record(document.key()).document();
                again.replace(document.key(), whole.extract(new Known.ByVector(document.vector())));
            }
            proposal = receiver.store.head().unit(again);
        }
        receiver.write((Change) proposal);
        tokens[from][to] = head;
    }

    private static void compare(TestStore one, TestStore other) {
        TreeMap<DocumentKey, Document> first = documents(one);
        TreeMap<DocumentKey, Document> second = documents(other);
        assertThat(first.keySet()).isEqualTo(second.keySet());
        first.forEach((key, document) -> {
            assertThat(second.get(key).vv()).isEqualTo(document.vv());
            assertThat(second.get(key).reading(Ablation.NONE)).isEqualTo(document.reading(Ablation.NONE));
        });
        assertThat(one.scan(CARS)).isEqualTo(other.scan(CARS));
    }

    private static TreeMap<DocumentKey, Document> documents(TestStore store) {
        TreeMap<DocumentKey, Document> documents = new TreeMap<>();
        for (ChangeEntry entry : store.changes(0)) {
            if (!entry.evicted()) {
                documents.put(
                        entry.key(), store.store.head().record(entry.key()).document());
            }
        }
        return documents;
    }
}
