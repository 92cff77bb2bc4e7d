package io.ibid.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeIndexTest {

    private static List<ChangeEntry> scan(
            TestStore store, @Nullable TreeSet<String> collections, long after, @Nullable DocumentKey document) {
        List<ChangeEntry> found = new ArrayList<>();
        try (Published published = store.store.published();
                ChangeScan scan = published.changes(collections, after, document)) {
            for (ChangeEntry entry = scan.next(); entry != null; entry = scan.next()) {
                found.add(entry);
            }
        }
        return found;
    }

    @Test
    void each_document_stands_in_the_index_once_at_its_newest_change() {
        for (int seed = 0; seed < 30; seed++) {
            Workload workload = new Workload(seed);
            TreeMap<DocumentKey, Long> newest = new TreeMap<>();
            try (TestStore store = new TestStore(1)) {
                for (int i = 0; i < 80; i++) {
                    Transaction tx = store.store.head().transaction(store.settings);
                    workload.transaction(tx);
                    try (Commit commit = store.store.write(tx.seal())) {
                        if (commit != null) {
                            store.store.publish(commit);
                            commit.touched().forEach(touch -> newest.put(touch.key(), commit.id()));
                        }
                    }
                }
                List<ChangeEntry> entries = scan(store, null, 0, null);
                TreeMap<DocumentKey, Long> found = new TreeMap<>();
                entries.forEach(entry -> found.put(entry.key(), entry.commit()));
                assertThat(entries).hasSameSizeAs(found.keySet());
                assertThat(found).isEqualTo(newest);
                assertThat(entries)
                        .isSortedAccordingTo(
                                Comparator.comparingLong(ChangeEntry::commit).thenComparing(ChangeEntry::key));
                for (ChangeEntry entry : entries) {
                    assertThat(entry.evicted()).isEqualTo(store.store.head().record(entry.key()) == null);
                }
            }
        }
    }

    @Test
    void a_scan_can_be_taken_up_at_any_document_of_a_commit() {
        try (TestStore store = new TestStore(1)) {
            Workload workload = new Workload(4);
            workload.evicts = false;
            for (int i = 0; i < 40; i++) {
                store.transact(tx -> {
                    for (int j = 0; j < 8; j++) {
                        workload.statement(tx, workload.document());
                    }
                });
            }
            List<ChangeEntry> all = scan(store, null, 0, null);
            assertThat(all).hasSizeGreaterThan(6);
            for (int i = 0; i < all.size(); i++) {
                ChangeEntry at = all.get(i);
                assertThat(scan(store, null, at.commit(), at.key())).isEqualTo(all.subList(i + 1, all.size()));
                long commit = at.commit();
                assertThat(scan(store, null, commit, null))
                        .isEqualTo(all.stream()
                                .filter(entry -> entry.commit() > commit)
                                .toList());
            }
        }
    }

    @Test
    void a_scan_covers_the_collections_asked_for_and_by_default_those_of_users() {
        try (TestStore store = new TestStore(1)) {
            for (String collection : List.of("cars", "dogs", "__internal")) {
                store.transact(tx -> tx.insert(
                        collection,
                        TestStore.struct("{\"_id\":1}"),
                        io.ibid.core.query.Typing.FLEXIBLE,
                        io.ibid.core.query.Target.Conflict.FAIL,
                        false));
            }
            assertThat(scan(store, null, 0, null))
                    .extracting(entry -> entry.key().collection())
                    .containsExactly("cars", "dogs");
            assertThat(scan(store, new TreeSet<>(List.of("dogs", "none")), 0, null))
                    .hasSize(1);
            assertThat(scan(store, new TreeSet<>(List.of("__internal")), 0, null))
                    .hasSize(1);
        }
    }

    @Test
    void moving_an_entry_thousands_of_times_leaves_one() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\",\"n\":0}");
            for (int i = 0; i < 3000; i++) {
                store.update("x", TestStore.increment("n", 1));
            }
            assertThat(scan(store, null, 0, null)).hasSize(1);
        }
    }
}
