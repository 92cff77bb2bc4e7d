package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.query.Source;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Indexes through everything that happens to a store: they say what the documents say, for every statement. */
class IndexModelTest {

    private static final int SEEDS = Boolean.getBoolean("ibid.long") ? 5_000 : 150;

    private static final String LONG = "x".repeat(1100);

    private static final List<String> VALUES = List.of(
            "1",
            "1.0",
            "2.5",
            "\"t\"",
            "null",
            "[1,2]",
            "{\"p\":1}",
            "{\"p\":{\"q\":2}}",
            "{\"q\":{\"r\":true}}",
            "{}",
            "\"" + LONG + "a\"",
            "\"" + LONG + "b\"",
            "[\"" + LONG + "\",1]");

    private static final String[][] KEYS = {
        {"f0"},
        {"-f1"},
        {"f1.p"},
        {"f0", "-f2"},
        {"-f0.p", "f3"},
        {"_id", "f1"},
        {"f2", "_id"},
        {"f1", "-f1.p", "f1.q.r"},
        {"f3.q", "f3"}
    };

    @Test
    void an_index_gives_what_a_scan_gives_after_everything_that_happens_to_a_store() {
        int resets = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            resets += run(seed);
        }
        assertThat(resets).isGreaterThan(SEEDS);
    }

    private static int run(int seed) {
        Workload workload = new Workload(seed);
        workload.values = VALUES;
        List<Value> values = new ArrayList<>();
        VALUES.forEach(json -> values.add(Json.parse(json)));
        values.add(Value.of("d2"));
        IndexOracle oracle = new IndexOracle(workload.random, values);
        MemoryStorage storage = new MemoryStorage();
        TestStore store = new TestStore(1, storage, Ablation.NONE);
        TestStore other = new TestStore(2);
        int indexes = 0;
        for (int i = 0; i < 40; i++) {
            store.clock.nowMs += workload.random.nextInt(100_000);
            other.clock.nowMs = store.clock.nowMs;
            switch (workload.random.nextInt(12)) {
                case 0, 1 -> {
                    other.transact(workload::transaction);
                    TestUnit unit = TestUnit.since(other, 0);
                    if (store.store.head().unit(unit) instanceof Change change) {
                        store.write(change);
                    }
                }
                case 2 -> {
                    String[] keys = KEYS[workload.random.nextInt(KEYS.length)];
                    store.createIndex("i" + indexes++, workload.random.nextInt(4) != 0, keys);
                }
                case 3, 4 -> store.work(workload.random.nextInt(1, 6), workload.random.nextInt(1, 4));
                case 5 -> {
                    String name = "i" + workload.random.nextInt(indexes + 1);
                    if (store.store.head().indexes().find(CARS, name) != null) {
                        store.dropIndex(name);
                    }
                }
                case 6 -> {
                    store.store.close();
                    store = new TestStore(1, storage, Ablation.NONE);
                }
                case 7 -> {
                    Transaction transaction = store.store.head().transaction(store.settings);
                    workload.transaction(transaction);
                    oracle.compare(transaction.source(), 5);
                    workload.transaction(transaction);
                    oracle.compare(transaction.source(), 5);
                    store.write(transaction.seal());
                }
                default -> store.transact(workload::transaction);
            }
            if (i % 4 == 3) {
                compare(store, oracle, 3);
            }
            assertThat(store.check()).isEmpty();
        }
        store.work(Integer.MAX_VALUE, 2);
        compare(store, oracle, 20);
        store.close();
        other.close();
        return oracle.resets();
    }

    private static void compare(TestStore store, IndexOracle oracle, int spans) {
        try (Published published = store.store.published()) {
            for (boolean hideHusks : new boolean[] {false, true}) {
                Source source = published.source(new ReadSettings(hideHusks));
                oracle.compare(source, spans);
            }
        }
    }
}
