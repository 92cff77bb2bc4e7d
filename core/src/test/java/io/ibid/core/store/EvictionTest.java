package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static io.ibid.core.store.TestStore.id;
import static io.ibid.core.store.TestStore.key;
import static io.ibid.core.store.TestStore.set;
import static io.ibid.core.store.TestStore.struct;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.crdt.Actor;
import io.ibid.core.error.Ablation;
import io.ibid.core.query.Target.Conflict;
import io.ibid.core.query.Typing;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** EVICT, what it leaves, and the rule that no actor writes below its own events. */
class EvictionTest {

    private static long epoch(TestStore store) {
        return store.store.newest().image().identity().epoch();
    }

    private static Eviction eviction(TestStore store, String id) {
        Image image = store.store.newest().image();
        return image.eviction(image.collection(CARS), id(id));
    }

    @Test
    void an_eviction_is_told_to_those_who_do_not_know_it_even_when_the_document_is_back() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\"}");
            store.upsert("{\"_id\":\"y\"}");
            long before = store.store.head().commitId();
            store.evict("x");
            store.evict("y");
            try (Published published = store.store.published()) {
                assertThat(published.evictedAfter(before, 10)).containsExactly(key("x"), key("y"));
                assertThat(published.evictedAfter(before, 1)).hasSize(1);
                assertThat(published.evictedAfter(before + 1, 10)).containsExactly(key("y"));
            }
            store.upsert("{\"_id\":\"x\"}");
            try (Published published = store.store.published()) {
                assertThat(published.evictedAfter(before, 10)).containsExactly(key("x"), key("y"));
                assertThat(published.evictedAfter(before + 1, 10)).containsExactly(key("y"));
            }
            store.upsert("{\"_id\":\"x\",\"a\":1}");
            store.evict("x");
            try (Published published = store.store.published()) {
                assertThat(published.evictedAfter(before + 1, 10)).containsExactly(key("y"), key("x"));
            }
        }
    }

    @Test
    void a_write_on_an_evicted_document_of_ones_own_starts_a_new_epoch_and_clears_all_stubs() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\"}");
            store.upsert("{\"_id\":\"y\"}");
            Actor first = store.store.actor(0);
            long own = store.record("x").vv().get(first);
            store.evict("x");
            store.evict("y");
            assertThat(eviction(store, "x")).isEqualTo(new Eviction(3, own));
            store.upsert("{\"_id\":\"x\",\"a\":1}");
            assertThat(epoch(store)).isEqualTo(1);
            assertThat(store.record("x").vv().get(first)).isZero();
            assertThat(store.record("x").vv().get(store.store.actor(1))).isNotZero();
            assertThat(eviction(store, "x")).as("to be told, but no stub").isEqualTo(new Eviction(3, 0));
            assertThat(eviction(store, "y")).as("to be told, but no stub").isEqualTo(new Eviction(4, 0));
            store.upsert("{\"_id\":\"y\",\"a\":1}");
            assertThat(epoch(store)).as("no stub, no new epoch").isEqualTo(1);
            assertThat(eviction(store, "y")).isEqualTo(new Eviction(4, 0));
        }
    }

    @Test
    void evicting_foreign_documents_needs_no_stub_and_no_epoch() {
        try (TestStore author = new TestStore(1);
                TestStore store = new TestStore(2)) {
            author.upsert("{\"_id\":\"x\",\"a\":1}");
            TestUnit.pull(store, author);
            store.evict("x");
            assertThat(eviction(store, "x").ownHlc()).isZero();
            TestUnit.pull(store, author);
            assertThat(eviction(store, "x").ownHlc()).isZero();
            store.update("x", set("a", "2"));
            assertThat(epoch(store)).isZero();
        }
    }

    @Test
    void a_stub_goes_when_everything_that_was_forgotten_is_back() {
        try (TestStore store = new TestStore(1);
                TestStore lagging = new TestStore(2);
                TestStore current = new TestStore(3)) {
            store.upsert("{\"_id\":\"x\",\"a\":1}");
            TestUnit.pull(lagging, store);
            store.update("x", set("a", "2"));
            TestUnit.pull(current, store);
            store.evict("x");
            long own = eviction(store, "x").ownHlc();

            TestUnit.pull(store, lagging);
            assertThat(eviction(store, "x").ownHlc()).isEqualTo(own);
            TestUnit.pull(store, current);
            assertThat(eviction(store, "x").ownHlc()).isZero();
            store.update("x", set("a", "3"));
            assertThat(epoch(store)).isZero();
        }
    }

    @Test
    void an_update_of_a_copy_from_a_lagging_peer_is_written_under_a_new_actor() {
        try (TestStore store = new TestStore(1);
                TestStore lagging = new TestStore(2)) {
            store.upsert("{\"_id\":\"x\",\"a\":1}");
            TestUnit.pull(lagging, store);
            store.update("x", set("a", "2"));
            store.evict("x");
            TestUnit.pull(store, lagging);
            store.update("x", set("b", "3"));
            assertThat(epoch(store)).isEqualTo(1);
        }
    }

    /**
     * The story behind the rule. The author forgets what it wrote and writes again; one replica knows both lives, another only the
     * second one. With the rule off, the second life's vector claims events that it does not have, and the two never agree.
     */
    @Test
    void forgetting_and_writing_again_loses_nothing_and_under_the_old_actor_it_would() {
        assertThat(twoLives(Ablation.NONE))
                .containsExactly("{\"_id\":\"x\",\"a\":1,\"b\":1}", "{\"_id\":\"x\",\"a\":1,\"b\":1}");
        assertThat(twoLives(Ablation.of(Ablation.Switch.AMNESIA)))
                .containsExactly("{\"_id\":\"x\",\"a\":1,\"b\":1}", "{\"_id\":\"x\",\"b\":1}");
    }

    private static List<String> twoLives(Ablation ablation) {
        try (TestStore author = new TestStore(1, ablation);
                TestStore both = new TestStore(2);
                TestStore second = new TestStore(3)) {
            author.upsert("{\"_id\":\"x\",\"a\":1}");
            TestUnit.pull(both, author);
            author.evict("x");
            author.upsert("{\"_id\":\"x\",\"b\":1}");
            TestUnit.pull(both, author);
            TestUnit.pull(second, author);
            TestUnit.pull(second, both);
            assertThat(second.record("x").vv()).isEqualTo(both.record("x").vv());
            return List.of(both.read("x"), second.read("x"));
        }
    }

    @Test
    void too_many_stubs_start_a_new_epoch_instead() {
        try (TestStore store = new TestStore(1)) {
            store.transact(tx -> {
                for (int i = 0; i <= Stubs.MAX; i++) {
                    tx.insert(CARS, struct("{\"_id\":" + i + "}"), Typing.FLEXIBLE, Conflict.FAIL, false);
                }
            });
            store.transact(tx -> {
                for (int i = 0; i <= Stubs.MAX; i++) {
                    tx.evict(CARS, DocumentId.of(Value.of(i)));
                }
            });
            assertThat(epoch(store)).isEqualTo(1);
            assertThat(store.scan(CARS)).isEmpty();
            try (Published published = store.store.published()) {
                assertThat(published.evictedAfter(1, 20_000)).hasSize(Stubs.MAX + 1);
            }
            assertThat(Stubs.count(store.store.newest().image().snapshot())).isZero();
        }
    }

    @Test
    void what_was_written_and_forgotten_in_one_transaction_leaves_nothing() {
        try (TestStore store = new TestStore(1)) {
            store.transact(tx -> {
                tx.insert(CARS, struct("{\"_id\":\"x\"}"), Typing.FLEXIBLE, Conflict.FAIL, false);
                tx.update(CARS, id("x"), List.of(set("a", "1")), Typing.FLEXIBLE);
                assertThat(tx.evict(CARS, id("x"))).isTrue();
                assertThat(tx.source().count(CARS)).isZero();
            });
            assertThat(store.store.head().commitId()).isZero();
            assertThat(eviction(store, "x")).isNull();
        }
    }
}
