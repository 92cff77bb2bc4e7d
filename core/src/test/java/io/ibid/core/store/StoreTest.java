package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static io.ibid.core.store.TestStore.key;
import static io.ibid.core.store.TestStore.set;
import static io.ibid.core.store.TestStore.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.crdt.HybridClock;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Row;
import io.ibid.core.query.Rows;
import io.ibid.core.query.Source;
import io.ibid.core.query.Target.Conflict;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Opening, commits, what is published when. */
class StoreTest {

    private static Store open(MemoryStorage storage, int device) {
        return Store.open(
                storage, TestStore.identity(device), new TestStore.TestClock(), TestStore.randomness(9), Ablation.NONE);
    }

    private static void refused(Runnable call, ErrorCode code, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IbidException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((IbidException) e).code())
                .isEqualTo(code);
    }

    // ---- opening

    @Test
    void a_store_is_found_again_as_it_was_left() {
        MemoryStorage storage = new MemoryStorage();
        TestStore store = new TestStore(1, storage, Ablation.NONE);
        StoreId id = store.store.storeId();
        store.upsert("{\"_id\":\"x\",\"a\":1}");
        store.store.close();
        TestStore again = new TestStore(1, storage, Ablation.NONE);
        assertThat(again.store.storeId()).isEqualTo(id);
        assertThat(again.store.head().commitId()).isEqualTo(1);
        assertThat(again.read("x")).isEqualTo("{\"_id\":\"x\",\"a\":1}");
        assertThat(again.update("x", set("a", "2"))).isEqualTo(2);
        assertThat(again.record("x").vv().size()).as("the same actor").isEqualTo(1);
        again.close();
    }

    @Test
    void another_format_is_refused_by_name() {
        MemoryStorage storage = new MemoryStorage();
        open(storage, 1).close();
        Batch batch = new Batch();
        batch.put(
                Keys.meta(Keys.FORMAT), new ByteWriter().text("ibid").varint(2).toByteArray());
        storage.write(batch);
        refused(
                () -> open(storage, 1),
                ErrorCode.STORE_FORMAT,
                "has the format \"ibid 2\"; this version reads \"ibid 1\"");
    }

    @Test
    void a_storage_of_something_else_is_refused() {
        MemoryStorage storage = new MemoryStorage();
        Batch batch = new Batch();
        batch.put(new byte[] {1, 2, 3}, new byte[] {4});
        storage.write(batch);
        refused(() -> open(storage, 1), ErrorCode.STORE_FORMAT, "not a store of this software");
    }

    @Test
    void a_store_of_another_database_is_refused() {
        MemoryStorage storage = new MemoryStorage();
        open(storage, 1).close();
        StoreIdentity other = new StoreIdentity("other", TestStore.identity(1).devicePublicKey());
        refused(
                () -> Store.open(storage, other, new TestStore.TestClock(), TestStore.randomness(1), Ablation.NONE),
                ErrorCode.VALIDATION,
                "belongs to the database \"test\", not to \"other\"");
        storage.close();
    }

    @Test
    void under_another_device_key_the_store_is_a_copy_with_an_id_and_an_actor_of_its_own() {
        MemoryStorage storage = new MemoryStorage();
        TestStore original = new TestStore(1, storage, Ablation.NONE);
        original.upsert("{\"_id\":\"x\",\"a\":1}");
        original.upsert("{\"_id\":\"y\",\"a\":1}");
        original.evict("y");
        StoreId id = original.store.storeId();
        original.store.close();
        TestStore copy = new TestStore(2, storage, Ablation.NONE);
        assertThat(copy.store.storeId()).isNotEqualTo(id);
        copy.update("x", set("a", "2"));
        assertThat(copy.record("x").vv().size()).isEqualTo(2);
        copy.upsert("{\"_id\":\"y\"}");
        assertThat(copy.store.newest().image().identity().epoch())
                .as("the stub is gone")
                .isZero();
        copy.close();
    }

    @Test
    void a_missing_piece_of_metadata_is_corruption_named_by_its_key() {
        MemoryStorage storage = new MemoryStorage();
        open(storage, 1).close();
        Batch batch = new Batch();
        batch.remove(Keys.meta(Keys.HEAD));
        storage.write(batch);
        refused(() -> open(storage, 1), ErrorCode.STORE_CORRUPT, "M 68");
        storage.close();
    }

    @Test
    void a_clock_that_jumped_back_over_a_restart_issues_no_time_twice() {
        MemoryStorage storage = new MemoryStorage();
        TestStore store = new TestStore(1, storage, Ablation.NONE);
        store.upsert("{\"_id\":\"x\",\"a\":1}");
        store.clock.nowMs += 5_000;
        store.upsert("{\"_id\":\"y\",\"a\":1}");
        long last = store.record("y").vv().maxHlc();
        store.store.close();
        TestStore again = new TestStore(1, storage, Ablation.NONE);
        again.clock.nowMs -= 3_600_000;
        again.upsert("{\"_id\":\"z\",\"a\":1}");
        assertThat(again.record("z").vv().maxHlc()).isGreaterThan(last);
        again.close();
    }

    @Test
    void the_lease_is_written_once_in_ten_seconds() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\",\"n\":0}");
            long lease = store.store.lease();
            assertThat(HybridClock.milliseconds(lease)).isEqualTo(store.clock.nowMs + HybridClock.LEASE_MS);
            store.clock.nowMs += 9_999;
            store.update("x", set("n", "1"));
            assertThat(store.store.lease()).isEqualTo(lease);
            store.clock.nowMs += 2;
            store.update("x", set("n", "2"));
            assertThat(store.store.lease()).isGreaterThan(lease);
        }
    }

    // ---- commits

    @Test
    void nothing_is_visible_before_it_is_published() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\",\"a\":1}");
            Transaction tx = store.store.head().transaction(store.settings);
            tx.insert(CARS, struct("{\"_id\":\"x\",\"a\":2}"), Typing.FLEXIBLE, Conflict.UPDATE, false);
            try (Commit commit = store.store.write(tx.seal())) {
                assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"a\":1}");
                assertThat(store.store.head().record(key("x")).view().toValue()).isEqualTo(struct("{\"a\":2}"));
                assertThat(commit.before().record(key("x")).view().toValue()).isEqualTo(struct("{\"a\":1}"));
                assertThat(commit.after().record(key("x")).view().toValue()).isEqualTo(struct("{\"a\":2}"));
                assertThat(commit.touched()).containsExactly(new Touch(key("x"), false));
                store.store.publish(commit);
                assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"a\":2}");
            }
        }
    }

    @Test
    void several_commits_may_wait_for_the_disk_and_are_published_in_order() {
        try (TestStore store = new TestStore(1)) {
            List<Commit> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Transaction tx = store.store.head().transaction(store.settings);
                tx.insert(CARS, struct("{\"_id\":\"x\",\"a\":" + i + "}"), Typing.FLEXIBLE, Conflict.UPDATE, false);
                waiting.add(store.store.write(tx.seal()));
            }
            for (int i = 0; i < 5; i++) {
                assertThat(store.read("x")).isEqualTo(i == 0 ? null : "{\"_id\":\"x\",\"a\":" + (i - 1) + "}");
                store.store.publish(waiting.get(i));
                waiting.get(i).close();
            }
            assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"a\":4}");
        }
    }

    @Test
    void publishing_backwards_is_a_broken_invariant() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\"}");
            Transaction tx = store.store.head().transaction(store.settings);
            tx.delete(CARS, TestStore.id("x"));
            try (Commit commit = store.store.write(tx.seal())) {
                store.store.publish(commit);
                assertThatThrownBy(() -> store.store.publish(commit)).isInstanceOf(AssertionError.class);
            }
        }
    }

    @Test
    void a_snapshot_stays_as_it_was_for_as_long_as_somebody_holds_it() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\",\"a\":1}");
            Published held = store.store.published();
            Source source = held.source(ReadSettings.SHOWN);
            Rows rows = source.scan(CARS, Typing.FLEXIBLE);
            store.update("x", set("a", "2"));
            store.delete("x");
            assertThat(source.count(CARS)).isEqualTo(1);
            held.close();
            Row row = rows.next();
            assertThat(TestStore.json(row)).isEqualTo("{\"_id\":\"x\",\"a\":1}");
            rows.close();
            assertThat(TestStore.json(row)).isEqualTo("{\"_id\":\"x\",\"a\":1}");
            assertThatThrownBy(() -> held.record(key("x")))
                    .isInstanceOf(IbidException.class)
                    .hasMessageContaining("commit 1 is closed");
            assertThatThrownBy(held::acquire).isInstanceOf(IbidException.class);
        }
    }

    @Test
    void a_closed_store_publishes_nothing() {
        TestStore store = new TestStore(1);
        store.close();
        refused(store.store::published, ErrorCode.STORE_CLOSED, "closed");
    }

    @Test
    void side_puts_alone_make_no_commit() {
        try (TestStore store = new TestStore(1)) {
            store.upsert("{\"_id\":\"x\"}");
            StoreId supplier = new StoreId(4, 5);
            Change change = store.store.head().beside(List.of(SidePut.token(supplier, new byte[] {1, 2})));
            assertThat(store.store.write(change)).isNull();
            assertThat(store.store.head().commitId()).isEqualTo(1);
            assertThat(store.store.head().token(supplier).ownCommit()).isEqualTo(1);
            assertThat(store.store.head().token(supplier).bytes()).containsExactly(1, 2);
            store.store.write(store.store.head().beside(List.of(SidePut.token(supplier, null))));
            assertThat(store.store.head().token(supplier)).isNull();
        }
    }

    @Test
    void acknowledgements_are_read_back() {
        try (TestStore store = new TestStore(1)) {
            byte[] peer = TestStore.identity(5).devicePublicKey();
            Acknowledgement row = new Acknowledgement(peer, new StoreId(1, 2), true, 0, 77);
            store.write(store.store.head().beside(List.of(row.put())));
            store.upsert("{\"_id\":\"x\"}");
            try (Published published = store.store.published()) {
                Acknowledgement read = published.acknowledgements().get(0);
                assertThat(read.peerKey()).isEqualTo(peer);
                assertThat(read.storeId()).isEqualTo(new StoreId(1, 2));
                assertThat(read.isServer()).isTrue();
                assertThat(read.lastReceivedMs()).isEqualTo(77);
            }
        }
    }

    // ---- system collections

    @Test
    void system_collections_tell_what_there_is() {
        try (TestStore store = new TestStore(1)) {
            store.store.register(new SystemCollection() {
                @Override
                public String name() {
                    return "sync_peers";
                }

                @Override
                public List<Value.Struct> rows() {
                    return List.of(struct("{\"_id\":\"p\"}"));
                }
            });
            for (String name : List.of("movies", "__internal", "__feature_flags", "cars")) {
                store.transact(tx -> tx.insert(name, struct("{\"_id\":1}"), Typing.FLEXIBLE, Conflict.FAIL, false));
            }
            try (Published published = store.store.published()) {
                Source source = published.source(ReadSettings.SHOWN);
                assertThat(source.systemNames())
                        .containsExactly("all_collections", "collections", "dual", "indexes", "sync_peers");
                assertThat(source.system("dual")).containsExactly(struct("{\"_id\":\"dual\"}"));
                assertThat(source.system("sync_peers")).hasSize(1);
                assertThat(source.system("nothing")).isNull();
                assertThat(source.system("collections"))
                        .extracting(row -> row.get("_id"))
                        .containsExactly(
                                Value.of("default:__feature_flags"),
                                Value.of("default:cars"),
                                Value.of("default:movies"));
                assertThat(source.system("collections"))
                        .contains(
                                struct("{\"_id\":\"default:movies\",\"datasource\":\"default\",\"name\":\"movies\"}"));
                assertThat(source.system("all_collections"))
                        .hasSize(9)
                        .contains(struct("{\"_id\":\"system:dual\",\"datasource\":\"system\",\"name\":\"dual\"}"));
            }
            assertThatThrownBy(() -> store.store.register(new SystemCollection() {
                        @Override
                        public String name() {
                            return "dual";
                        }

                        @Override
                        public List<Value.Struct> rows() {
                            return List.of();
                        }
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void concurrent_values_of_a_field_can_be_seen() {
        try (TestStore one = new TestStore(1);
                TestStore two = new TestStore(2)) {
            one.upsert("{\"_id\":\"x\",\"a\":1,\"o\":{\"k\":1}}");
            TestUnit.pull(two, one);
            two.clock.nowMs += 1000;
            one.update("x", set("a", "2"));
            two.update("x", set("a", "3"));
            TestUnit.pull(one, two);
            try (Published published = one.store.published()) {
                Row row = published.source(ReadSettings.SHOWN).find(CARS, TestStore.id("x"), Typing.FLEXIBLE);
                Value.Array siblings = (Value.Array) row.siblings(TestStore.path("a"));
                assertThat(siblings.elements()).hasSize(2);
                Value.Struct winner = (Value.Struct) siblings.elements().get(0);
                assertThat(winner.get("value")).isEqualTo(Value.of(3));
                assertThat(winner.get("type")).isEqualTo(Value.of("REGISTER"));
                assertThat(winner.get("time")).isEqualTo(Value.of(two.clock.nowMs));
                assertThat(((Value.Array) row.siblings(TestStore.path("o.k"))).elements())
                        .hasSize(1);
                assertThat(row.siblings(TestStore.path("none"))).isEqualTo(Value.MISSING);
            }
        }
    }
}
