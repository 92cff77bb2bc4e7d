package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static io.ibid.core.store.TestStore.id;
import static io.ibid.core.store.TestStore.key;
import static io.ibid.core.store.TestStore.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.storage.MemoryStorage;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Forgetting: what goes, when, and what must stay. Every test ends with an integrity check. */
class ReaperTest {
    private static final long HOUR_MS = 3_600_000;
    private static final long TTL_MS = 168 * HOUR_MS;
    private static final Reaper.Guard ALL = (collection, commit) -> true;

    private static Reaper.Rule rule(int batch) {
        return new Reaper.Rule(TTL_MS, batch, 65_536);
    }

    private static long walk(TestStore store, Reaper.Rule rule, Reaper.Guard guard, long told) {
        Reaper reaper = new Reaper(rule, guard, token -> told);
        while (!reaper.isDone()) {
            store.write(reaper.step(store.store.head()));
        }
        return reaper.reaped();
    }

    private static long reapedCommit(TestStore store) {
        // What makes no commit is published with the next one.
        store.upsert("{\"_id\":\"next\"}");
        try (Published published = store.store.published()) {
            return published.reapedCommit(new TreeSet<>(List.of(CARS)));
        }
    }

    @Test
    void a_tombstone_goes_when_its_time_is_over_and_not_before() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\",\"a\":1}");
            long deleted = store.delete("x");
            store.clock.nowMs += TTL_MS - 1;
            assertThat(walk(store, rule(100), ALL, 0)).isZero();
            assertThat(store.record("x")).isNotNull();
            store.clock.nowMs += HOUR_MS + 1;
            assertThat(walk(store, rule(100), ALL, 0)).isEqualTo(1);
            assertThat(store.record("x")).isNull();
            assertThat(reapedCommit(store)).isEqualTo(deleted);
        }
    }

    @Test
    void without_a_lifetime_tombstones_stay_for_ever() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\"}");
            store.delete("x");
            store.clock.nowMs += 1_000 * TTL_MS;
            assertThat(walk(store, new Reaper.Rule(-1, 100, 65_536), ALL, 0)).isZero();
            assertThat(store.record("x")).isNotNull();
        }
    }

    @Test
    void a_document_that_was_inserted_again_is_no_tombstone_any_more() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\"}");
            store.delete("x");
            store.upsert("{\"_id\":\"x\",\"b\":2}");
            store.clock.nowMs += 2 * TTL_MS;
            assertThat(walk(store, rule(100), ALL, 0)).isZero();
            assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"b\":2}");
        }
    }

    @Test
    void what_is_guarded_stays_and_does_not_stop_the_walk() {
        try (TestStore store = new TestStore(1)) {
            for (int i = 0; i < 25; i++) {
                store.upsert("{\"_id\":\"x" + i + "\"}");
            }
            long last = 0;
            for (int i = 0; i < 25; i++) {
                last = store.delete("x" + i);
            }
            long guarded = last - 10;
            store.clock.nowMs += 2 * TTL_MS;
            assertThat(walk(store, rule(3), (collection, commit) -> commit > guarded, 0))
                    .isEqualTo(10);
            assertThat(walk(store, rule(3), ALL, 0)).isEqualTo(15);
        }
    }

    @Test
    void writers_that_come_between_the_steps_are_respected() {
        try (TestStore store = new TestStore(1)) {
            for (int i = 0; i < 10; i++) {
                store.upsert("{\"_id\":\"x" + i + "\"}");
                store.delete("x" + i);
            }
            store.clock.nowMs += 2 * TTL_MS;
            Reaper reaper = new Reaper(rule(4), ALL, token -> 0);
            store.write(reaper.step(store.store.head()));
            store.upsert("{\"_id\":\"x5\",\"back\":true}");
            while (!reaper.isDone()) {
                store.write(reaper.step(store.store.head()));
            }
            assertThat(reaper.reaped()).isEqualTo(9);
            assertThat(store.read("x5")).isEqualTo("{\"_id\":\"x5\",\"back\":true}");
        }
    }

    @Test
    void a_store_that_forgot_its_own_tombstone_writes_the_document_under_a_new_actor() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\",\"a\":1}");
            store.delete("x");
            store.clock.nowMs += 2 * TTL_MS;
            walk(store, rule(100), ALL, 0);
            assertThat(store.store.newest().image().identity().epoch()).isZero();
            store.upsert("{\"_id\":\"x\",\"a\":2}");
            assertThat(store.store.newest().image().identity().epoch()).isEqualTo(1);
        }
    }

    @Test
    void a_partner_that_keeps_the_document_meets_a_newer_insert_without_losing_it() {
        try (TestStore store = new TestStore(1);
                TestStore away = new TestStore(2)) {
            store.upsert("{\"_id\":\"x\",\"a\":1}");
            TestUnit.pull(away, store);
            store.delete("x");
            store.clock.nowMs += 2 * TTL_MS;
            away.clock.nowMs = store.clock.nowMs;
            walk(store, rule(100), ALL, 0);
            store.upsert("{\"_id\":\"x\",\"b\":2}");
            TestUnit.pull(away, store);
            TestUnit.pull(store, away);
            assertThat(store.read("x")).isEqualTo(away.read("x"));
            assertThat(store.read("x")).contains("\"b\":2");
        }
    }

    @Test
    void an_eviction_is_forgotten_once_every_partner_was_told() {
        try (TestStore author = new TestStore(1);
                TestStore store = new TestStore(2)) {
            author.upsert("{\"_id\":\"x\"}");
            author.upsert("{\"_id\":\"y\"}");
            TestUnit.pull(store, author);
            store.write(store.store.head().beside(List.of(SidePut.token(author.store.storeId(), new byte[] {1}))));
            long first = store.evict("x");
            long second = store.evict("y");
            walk(store, rule(1), ALL, first);
            store.upsert("{\"_id\":\"z\"}");
            try (Published published = store.store.published()) {
                assertThat(published.evictedAfter(0, 10)).containsExactly(key("y"));
            }
            walk(store, rule(1), ALL, second);
            store.upsert("{\"_id\":\"z\",\"a\":1}");
            try (Published published = store.store.published()) {
                assertThat(published.evictedAfter(0, 10)).isEmpty();
            }
        }
    }

    @Test
    void the_stub_of_an_evicted_document_of_ones_own_stays() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\"}");
            store.evict("x");
            walk(store, rule(10), ALL, Long.MAX_VALUE);
            Image image = store.store.newest().image();
            assertThat(image.eviction(image.collection(CARS), id("x"))).isNotNull();
        }
    }

    @Test
    void old_blocks_of_the_commit_chain_go_and_newer_commits_can_still_be_checked() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\",\"a\":0}");
            for (int i = 0; i < 3 * CommitChain.BLOCK; i++) {
                store.update("x", set("a", String.valueOf(i)));
            }
            store.upsert("{\"_id\":\"old\"}");
            walk(store, new Reaper.Rule(TTL_MS, 100, CommitChain.BLOCK), ALL, 0);
            store.upsert("{\"_id\":\"new\"}");
            try (Published published = store.store.published()) {
                assertThat(published.chainTail(5)).isEmpty();
                assertThat(published.chainTail(published.commitId() - CommitChain.BLOCK))
                        .isPresent();
            }
        }
    }

    @Test
    void a_reopened_store_remembers_what_it_has_reaped() {
        MemoryStorage storage = new MemoryStorage();
        TestStore store = new TestStore(1, storage, Ablation.NONE);
        store.upsert("{\"_id\":\"x\"}");
        long deleted = store.delete("x");
        store.clock.nowMs += 2 * TTL_MS;
        walk(store, rule(10), ALL, 0);
        store.store.close();
        try (TestStore again = new TestStore(1, storage, Ablation.NONE);
                Published published = again.store.published()) {
            assertThat(published.reapedCommit(null)).isEqualTo(deleted);
        }
    }
}
