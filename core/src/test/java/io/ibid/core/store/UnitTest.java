package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static io.ibid.core.store.TestStore.key;
import static io.ibid.core.store.TestStore.set;
import static io.ibid.core.store.TestStore.struct;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Hint;
import io.ibid.core.crdt.HybridClock;
import io.ibid.core.crdt.Known;
import io.ibid.core.error.Ablation;
import io.ibid.core.query.Row;
import io.ibid.core.query.Target.Conflict;
import io.ibid.core.query.Typing;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Units of other stores: decided whole, applied whole. */
class UnitTest {

    private final TestStore supplier = new TestStore(1);
    private final TestStore store = new TestStore(2);

    @AfterEach
    void close() {
        supplier.close();
        store.close();
    }

    private Delta delta(TestStore from, String id, Known known) {
        return from.record(id).document().extract(known);
    }

    private TestUnit unit() {
        return new TestUnit(supplier.store.storeId());
    }

    @Test
    void a_unit_is_one_commit_whatever_it_holds() {
        supplier.upsert("{\"_id\":\"a\",\"v\":1}");
        supplier.upsert("{\"_id\":\"b\",\"v\":2}");
        supplier.transact(tx -> tx.insert("dogs", struct("{\"_id\":\"rex\"}"), Typing.FLEXIBLE, Conflict.FAIL, false));
        assertThat(TestUnit.pull(store, supplier)).isEqualTo(1);
        assertThat(store.scan(CARS)).containsExactly("{\"_id\":\"a\",\"v\":1}", "{\"_id\":\"b\",\"v\":2}");
        assertThat(store.scan("dogs")).containsExactly("{\"_id\":\"rex\"}");
        assertThat(store.changes(0)).extracting(ChangeEntry::commit).containsOnly(1L);
        assertThat(store.changes(0)).extracting(ChangeEntry::origin).containsOnly(supplier.store.storeId());
    }

    @Test
    void what_a_unit_touched_is_read_back_from_the_change_index() {
        for (int i = 0; i < 700; i++) {
            supplier.upsert("{\"_id\":" + i + "}");
        }
        supplier.transact(tx -> tx.insert("dogs", struct("{\"_id\":\"rex\"}"), Typing.FLEXIBLE, Conflict.FAIL, false));
        store.upsert("{\"_id\":\"own\"}");
        Proposal proposal = store.store.head().unit(TestUnit.since(supplier, 0));
        try (Commit commit = store.store.write((Change) proposal)) {
            List<DocumentKey> touched = new ArrayList<>();
            commit.touched().forEach(touch -> touched.add(touch.key()));
            assertThat(touched).hasSize(701).doesNotHaveDuplicates().isSorted();
            assertThat(commit.collections()).containsExactly(CARS, "dogs");
            assertThat(commit.origin()).isEqualTo(supplier.store.storeId());
            assertThat(commit.before().record(touched.get(0))).isNull();
            assertThat(commit.after().record(touched.get(0))).isNotNull();
            store.store.publish(commit);
        }
    }

    @Test
    void a_unit_without_news_makes_no_commit_and_writes_no_token() {
        supplier.upsert("{\"_id\":\"a\",\"v\":1}");
        TestUnit.pull(store, TestUnit.since(supplier, 0).token("one"));
        assertThat(store.store.head().unit(TestUnit.since(supplier, 0).token("two")))
                .isEqualTo(Change.NOTHING);
        assertThat(store.store.head().token(supplier.store.storeId()).bytes())
                .isEqualTo("one".getBytes(StandardCharsets.UTF_8));
        assertThat(store.store.head().token(supplier.store.storeId()).ownCommit())
                .isEqualTo(1);
    }

    @Test
    void a_delta_that_builds_on_more_than_is_here_is_needed_whole_and_nothing_is_applied() {
        supplier.upsert("{\"_id\":\"a\",\"v\":1,\"w\":1}");
        supplier.upsert("{\"_id\":\"b\",\"v\":1}");
        supplier.update("a", set("v", "2"));
        TestUnit late = TestUnit.since(supplier, 2).add(key("b"), delta(supplier, "b", Known.NOTHING));
        assertThat(store.store.head().unit(late)).isInstanceOfSatisfying(Need.class, need -> {
            assertThat(need.documents()).hasSize(1);
            assertThat(need.documents().get(0).key()).isEqualTo(key("a"));
            assertThat(need.documents().get(0).vector().isEmpty()).isTrue();
        });
        assertThat(store.scan(CARS)).isEmpty();
        TestUnit whole = unit().add(key("a"), delta(supplier, "a", Known.NOTHING));
        TestUnit.pull(store, whole);
        assertThat(store.read("a")).isEqualTo("{\"_id\":\"a\",\"v\":2,\"w\":1}");
    }

    @Test
    void without_floors_a_partial_document_would_be_taken() {
        try (TestStore careless = new TestStore(3, Ablation.of(Ablation.Switch.NOFLOOR))) {
            supplier.upsert("{\"_id\":\"a\",\"v\":1,\"w\":1}");
            supplier.update("a", set("v", "2"));
            TestUnit.pull(careless, TestUnit.since(supplier, 1));
            assertThat(careless.read("a")).isEqualTo("{\"_id\":\"a\",\"v\":2}");
        }
    }

    @Test
    void later_deltas_of_a_document_may_build_on_earlier_ones_of_the_unit() {
        TestUnit unit = unit();
        for (int i = 0; i < 4; i++) {
            long before = supplier.store.head().commitId();
            supplier.upsert("{\"_id\":\"a\",\"f" + i + "\":" + i + "}");
            unit.add(key("a"), delta(supplier, "a", i == 0 ? Known.NOTHING : new Known.ByCommit(before)));
            supplier.upsert("{\"_id\":\"b" + i + "\"}");
            unit.add(key("b" + i), delta(supplier, "b" + i, Known.NOTHING));
        }
        assertThat(TestUnit.pull(store, unit)).isEqualTo(1);
        assertThat(store.read("a")).isEqualTo("{\"_id\":\"a\",\"f0\":0,\"f1\":1,\"f2\":2,\"f3\":3}");
        assertThat(store.changes(0)).hasSize(5);
    }

    @Test
    void a_gap_between_two_deltas_of_a_document_is_noticed() {
        supplier.upsert("{\"_id\":\"a\",\"x\":1}");
        TestUnit unit = unit().add(key("a"), delta(supplier, "a", Known.NOTHING));
        supplier.update("a", set("y", "1"));
        supplier.update("a", set("z", "1"));
        unit.add(key("a"), delta(supplier, "a", new Known.ByCommit(2)));
        assertThat(store.store.head().unit(unit)).isInstanceOf(Need.class);
    }

    @Test
    void a_document_evicted_meanwhile_must_build_on_what_is_really_here() {
        supplier.upsert("{\"_id\":\"a\",\"x\":1}");
        TestUnit unit = unit().add(key("a"), delta(supplier, "a", Known.NOTHING));
        supplier.update("a", set("y", "1"));
        unit.add(key("a"), delta(supplier, "a", new Known.ByCommit(1)));
        unit.forgotten = key("a");
        assertThat(store.store.head().unit(unit)).isInstanceOf(Need.class);
        unit.forgotten = null;
        assertThat(store.store.head().unit(unit)).isInstanceOf(Change.Unit.class);
    }

    @Test
    void the_token_is_written_in_the_batch_of_the_data() {
        supplier.upsert("{\"_id\":\"a\"}");
        TestUnit unit = TestUnit.since(supplier, 0).token("t");
        int before = store.storage.size();
        try (Commit commit = store.store.write((Change) store.store.head().unit(unit))) {
            assertThat(store.storage.size()).isGreaterThan(before);
            assertThat(commit.after().token(supplier.store.storeId()).ownCommit())
                    .isEqualTo(1);
            assertThat(commit.before().token(supplier.store.storeId())).isNull();
            assertThat(commit.after().record(key("a"))).isNotNull();
            store.store.publish(commit);
        }
    }

    @Test
    void only_a_supplier_who_had_everything_is_the_origin() {
        supplier.upsert("{\"_id\":\"a\",\"x\":1}");
        TestUnit.pull(store, supplier);
        store.update("a", set("y", "1"));
        supplier.update("a", set("z", "1"));
        Proposal proposal = store.store.head().unit(TestUnit.since(supplier, 0));
        try (Commit commit = store.store.write((Change) proposal)) {
            assertThat(commit.echoes()).containsExactly(key("a"));
            store.store.publish(commit);
        }
        assertThat(store.changes(0)).extracting(ChangeEntry::origin).containsOnlyNulls();
    }

    // ---- what is taken

    private Reception reception(Reception.Interest interest) {
        return new Reception() {
            @Override
            public Interest interest(String collection) {
                return interest;
            }

            @Override
            public boolean selects(String collection, Row row) {
                return row.field(Path.of("tenant")).equals(Value.of("mine"));
            }

            @Override
            public boolean selectsTombstone(String collection, Hint hint) {
                return hint.fields().get("tenant").equals(Value.of("mine"));
            }
        };
    }

    @Test
    void unrequested_documents_are_dropped_and_held_ones_always_taken() {
        supplier.upsert("{\"_id\":\"a\",\"tenant\":\"mine\"}");
        supplier.upsert("{\"_id\":\"b\",\"tenant\":\"other\"}");
        supplier.settings = new WriteSettings(
                ReadSettings.SHOWN, 1 << 20, 1 << 20, collection -> new java.util.TreeSet<>(List.of("tenant")));
        supplier.upsert("{\"_id\":\"c\",\"tenant\":\"mine\"}");
        supplier.upsert("{\"_id\":\"d\",\"tenant\":\"other\"}");
        supplier.delete("c");
        supplier.delete("d");
        TestUnit unit = TestUnit.since(supplier, 0);
        unit.reception = reception(Reception.Interest.SOME);
        Change.Unit change = (Change.Unit) store.store.head().unit(unit);
        assertThat(change.dropped()).isEqualTo(2);
        store.write(change);
        assertThat(store.scan(CARS)).containsExactly("{\"_id\":\"a\",\"tenant\":\"mine\"}");
        assertThat(store.record("c").isTombstone()).isTrue();
        assertThat(store.record("d")).isNull();

        supplier.update("a", set("tenant", "\"other\""));
        TestUnit departure = TestUnit.since(supplier, 0);
        departure.reception = reception(Reception.Interest.NONE);
        TestUnit.pull(store, departure);
        assertThat(store.read("a")).isEqualTo("{\"_id\":\"a\",\"tenant\":\"other\"}");
        assertThat(store.record("b")).isNull();
    }

    @Test
    void a_repeated_document_is_judged_by_what_it_becomes() {
        supplier.upsert("{\"_id\":\"a\",\"tenant\":\"other\"}");
        TestUnit unit = unit().add(key("a"), delta(supplier, "a", Known.NOTHING));
        supplier.update("a", set("tenant", "\"mine\""));
        unit.add(key("a"), delta(supplier, "a", new Known.ByCommit(1)));
        unit.reception = reception(Reception.Interest.SOME);
        Change.Unit change = (Change.Unit) store.store.head().unit(unit);
        assertThat(change.dropped()).isZero();
        store.write(change);
        assertThat(store.read("a")).isEqualTo("{\"_id\":\"a\",\"tenant\":\"mine\"}");
    }

    // ---- time

    @Test
    void times_of_the_near_future_are_adopted_and_those_of_the_far_future_stay_with_their_document() {
        supplier.clock.nowMs += 60_000;
        supplier.upsert("{\"_id\":\"near\"}");
        TestUnit.pull(store, supplier);
        store.upsert("{\"_id\":\"mine\"}");
        assertThat(store.record("mine").vv().maxHlc())
                .isGreaterThan(supplier.record("near").vv().maxHlc());

        supplier.clock.nowMs += 24 * 3_600_000L;
        supplier.upsert("{\"_id\":\"far\"}");
        TestUnit.pull(store, supplier);
        store.upsert("{\"_id\":\"mine\"}");
        assertThat(HybridClock.milliseconds(store.record("mine").vv().maxHlc()))
                .isLessThan(supplier.clock.nowMs - 60_000);
        store.update("far", set("x", "1"));
        assertThat(store.record("far").vv().maxHlc())
                .isGreaterThan(supplier.record("far").vv().maxHlc());
        assertThat(store.read("far")).isEqualTo("{\"_id\":\"far\",\"x\":1}");
    }

    @Test
    void a_time_beyond_all_bounds_is_refused_with_its_document_only() {
        supplier.upsert("{\"_id\":\"good\"}");
        supplier.clock.nowMs += 400 * 24 * 3_600_000L;
        supplier.upsert("{\"_id\":\"frozen\"}");
        Change.Unit change = (Change.Unit) store.store.head().unit(TestUnit.since(supplier, 0));
        assertThat(change.dropped()).isEqualTo(1);
        store.write(change);
        assertThat(store.scan(CARS)).containsExactly("{\"_id\":\"good\"}");
    }
}
