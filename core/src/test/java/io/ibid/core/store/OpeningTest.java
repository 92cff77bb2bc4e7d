package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static io.ibid.core.store.TestStore.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.crdt.Actor;
import io.ibid.core.error.Ablation;
import io.ibid.core.query.Target;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.storage.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that does not lie where it lay before goes on as another one. */
class OpeningTest {

    /** A place of which the test says what marks it knows. */
    private static final class Place implements Residence {
        final List<String> marks = new ArrayList<>();
        final String name;
        int made;

        Place(String name) {
            this.name = name;
        }

        @Override
        public boolean isAt(String mark) {
            return marks.contains(mark);
        }

        @Override
        public String mark() {
            String mark = name + ++made;
            marks.add(mark);
            return mark;
        }

        @Override
        public void settled(String mark) {
            marks.removeIf(other -> !other.equals(mark));
        }
    }

    private final MemoryStorage storage = new MemoryStorage();

    private Store open(Residence residence, Ablation ablation) {
        StoreIdentity identity = new StoreIdentity("test", TestStore.identity(1).devicePublicKey(), residence);
        return Store.open(
                storage, identity, new TestStore.TestClock(), TestStore.randomness(storage.syncs()), ablation);
    }

    private static void insert(Store store, String document) {
        Transaction transaction = store.head().transaction(WriteSettings.STANDARD);
        transaction.insert(
                CARS, TestStore.struct("{\"_id\":\"" + document + "\"}"), Typing.FLEXIBLE, Target.Conflict.FAIL, false);
        write(store, transaction.seal());
    }

    private static void write(Store store, Change change) {
        try (Commit commit = store.write(change)) {
            if (commit != null) {
                store.publish(commit);
            }
        }
    }

    @Test
    void at_its_place_a_store_stays_what_it_was_and_gets_a_new_mark_each_time() {
        Place place = new Place("here");
        Store first = open(place, Ablation.NONE);
        StoreId id = first.storeId();
        first.close();
        assertThat(place.marks).containsExactly("here1");
        for (int i = 0; i < 3; i++) {
            try (Store again = open(place, Ablation.NONE)) {
                assertThat(again.storeId()).isEqualTo(id);
                assertThat(place.marks).hasSize(1);
            }
        }
        try (Snapshot snapshot = storage.snapshot()) {
            assertThat(Check.run(snapshot)).isEmpty();
        }
    }

    @Test
    void elsewhere_it_is_another_store_with_another_actor_and_no_stubs_and_all_its_documents() {
        StoreId before;
        try (Store store = open(new Place("here"), Ablation.NONE)) {
            before = store.storeId();
            insert(store, "a");
            insert(store, "b");
            Transaction transaction = store.head().transaction(WriteSettings.STANDARD);
            transaction.evict(CARS, id("b"));
            write(store, transaction.seal());
        }
        try (Store store = open(new Place("there"), Ablation.NONE)) {
            assertThat(store.storeId()).isNotEqualTo(before);
            insert(store, "c");
            Record old = store.head().record(TestStore.key("a"));
            Record fresh = store.head().record(TestStore.key("c"));
            assertThat(old).isNotNull();
            assertThat(fresh).isNotNull();
            assertThat(old.vv().toString()).isNotEqualTo(fresh.vv().toString());
            assertThat(store.head().actor(0)).isNotEqualTo(actorOf(before));
            assertThat(fresh.vv().get(actorOf(before))).isZero();
            assertThat(store.head().commitId()).isEqualTo(4);
        }
        try (Snapshot snapshot = storage.snapshot()) {
            assertThat(Check.run(snapshot)).isEmpty();
        }
    }

    private static Actor actorOf(StoreId store) {
        return Actor.derive(TestStore.identity(1).devicePublicKey(), store.bytes(), 0);
    }

    @Test
    void a_store_that_never_had_a_mark_takes_one_and_stays_what_it_was() {
        Store unmarked = open(Residence.UNKNOWN, Ablation.NONE);
        StoreId id = unmarked.storeId();
        unmarked.close();
        open(new Place("here"), Ablation.NONE).close();
        try (Store elsewhere = open(new Place("there"), Ablation.of(Ablation.Switch.NOCOPY))) {
            assertThat(elsewhere.storeId()).isEqualTo(id);
        }
        try (Store again = open(new Place("there"), Ablation.NONE)) {
            assertThat(again.storeId()).as("its mark was settled there").isNotEqualTo(id);
        }
    }

    @Test
    void a_renewal_gives_a_running_store_another_id_and_actor() {
        try (Store store = open(Residence.UNKNOWN, Ablation.NONE)) {
            StoreId before = store.storeId();
            insert(store, "a");
            write(store, store.head().renewal());
            assertThat(store.storeId()).isNotEqualTo(before);
            store.show(store.written());
            try (Published published = store.published()) {
                assertThat(published.storeId()).isEqualTo(store.storeId());
            }
            insert(store, "b");
            Record fresh = store.head().record(TestStore.key("b"));
            assertThat(fresh).isNotNull();
            assertThat(fresh.vv().get(actorOf(before))).isZero();
            assertThat(fresh.vv().get(actorOf(store.storeId()))).isPositive();
        }
    }
}
