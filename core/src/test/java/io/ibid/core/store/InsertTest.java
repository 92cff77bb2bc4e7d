package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static io.ibid.core.store.TestStore.id;
import static io.ibid.core.store.TestStore.increment;
import static io.ibid.core.store.TestStore.set;
import static io.ibid.core.store.TestStore.struct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Known;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Target.Conflict;
import io.ibid.core.query.Typing;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** INSERT with its policies, and INITIAL. */
class InsertTest {

    private final TestStore store = new TestStore(1);

    @AfterEach
    void close() {
        store.close();
    }

    private static DocumentId insert(Transaction tx, String json, Conflict policy) {
        return tx.insert(CARS, struct(json), Typing.FLEXIBLE, policy, false);
    }

    private static DocumentId initial(Transaction tx, String json) {
        return tx.insert(CARS, struct(json), Typing.FLEXIBLE, Conflict.NOTHING, true);
    }

    private static void refused(Runnable write, ErrorCode code, String message) {
        assertThatThrownBy(write::run)
                .isInstanceOf(IbidException.class)
                .hasMessage(message)
                .extracting(e -> ((IbidException) e).code())
                .isEqualTo(code);
    }

    @Test
    void an_id_that_exists_is_an_error_unless_a_policy_says_otherwise() {
        store.upsert("{\"_id\":\"x\",\"a\":1}");
        refused(
                () -> store.transact(tx -> insert(tx, "{\"_id\":\"x\",\"a\":2}", Conflict.FAIL)),
                ErrorCode.QUERY_EVALUATION,
                "Identifier conflict on document \"x\": using FAIL conflict policy");
        assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"a\":1}");
    }

    @Test
    void do_nothing_leaves_the_document_and_makes_no_commit() {
        store.upsert("{\"_id\":\"x\",\"a\":1}");
        store.transact(tx -> assertThat(insert(tx, "{\"_id\":\"x\",\"a\":2}", Conflict.NOTHING))
                .isNull());
        assertThat(store.store.head().commitId()).isEqualTo(1);
        assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"a\":1}");
    }

    @Test
    void do_update_writes_every_supplied_field_even_when_equal() {
        store.upsert("{\"_id\":\"x\",\"a\":1,\"b\":2}");
        assertThat(store.upsert("{\"_id\":\"x\",\"a\":1}")).isEqualTo(2);
        assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"a\":1,\"b\":2}");
        assertThat(store.record("x").document().arrivals().size()).isEqualTo(2);
    }

    @Test
    void local_diff_writes_only_what_differs() {
        store.upsert("{\"_id\":\"x\",\"a\":1,\"b\":2,\"m\":{\"p\":1,\"q\":[1]},\"e\":{}}");
        String same = "{\"_id\":\"x\",\"a\":1,\"m\":{\"q\":[1]},\"e\":{}}";
        store.transact(
                tx -> assertThat(insert(tx, same, Conflict.UPDATE_LOCAL_DIFF)).isNull());
        assertThat(store.store.head().commitId()).isEqualTo(1);
        // 1 and 1.0 are equal numbers, but not the same content.
        store.transact(tx -> assertThat(insert(
                        tx, "{\"_id\":\"x\",\"a\":1.0,\"b\":2,\"m\":{\"p\":5,\"q\":[1]}}", Conflict.UPDATE_LOCAL_DIFF))
                .isEqualTo(id("x")));
        assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"a\":1.0,\"b\":2,\"e\":{},\"m\":{\"p\":5,\"q\":[1]}}");
        Delta delta = store.record("x").document().extract(new Known.ByCommit(1));
        assertThat(delta.slots().size()).as("EXIST, a and m.p").isEqualTo(3);
    }

    @Test
    void local_diff_compares_with_what_is_seen_not_with_what_is_hidden() {
        store.upsert("{\"_id\":\"x\",\"m\":{\"p\":1}}");
        store.update("x", set("m", "7"));
        store.transact(tx -> assertThat(insert(tx, "{\"_id\":\"x\",\"m\":{\"p\":1}}", Conflict.UPDATE_LOCAL_DIFF))
                .isNotNull());
        assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"m\":{\"p\":1}}");
        TreeMap<Path, FieldType> counter = new TreeMap<>();
        counter.put(Path.of("n"), FieldType.COUNTER);
        store.update("x", increment("n", 5));
        store.transact(tx -> assertThat(tx.insert(
                        CARS,
                        struct("{\"_id\":\"x\",\"n\":5}"),
                        new Typing(counter, true),
                        Conflict.UPDATE_LOCAL_DIFF,
                        false))
                .isNull());
    }

    @Test
    void a_document_without_an_id_gets_one() {
        List<DocumentId> ids = new ArrayList<>();
        store.transact(tx -> {
            ids.add(insert(tx, "{\"a\":1}", Conflict.FAIL));
            ids.add(insert(tx, "{\"a\":2}", Conflict.FAIL));
        });
        assertThat(ids.get(0)).isNotEqualTo(ids.get(1));
        assertThat(((Value.Text) ids.get(0).value()).value())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(store.scan(CARS)).hasSize(2);
    }

    @Test
    void ids_may_be_objects_whose_key_order_does_not_matter_and_may_not_be_floats_or_null() {
        store.upsert("{\"_id\":{\"b\":1,\"a\":[true]},\"v\":1}");
        store.upsert("{\"_id\":{\"a\":[true],\"b\":1},\"v\":2}");
        assertThat(store.scan(CARS)).containsExactly("{\"_id\":{\"a\":[true],\"b\":1},\"v\":2}");
        refused(
                () -> store.upsert("{\"_id\":1.5}"),
                ErrorCode.STORE_DOCUMENT_ID,
                "Floats are not supported in document IDs");
        refused(() -> store.upsert("{\"_id\":null}"), ErrorCode.STORE_DOCUMENT_ID, "Null document ID not allowed");
    }

    @Test
    void an_insert_over_a_hidden_husk_starts_afresh() {
        try (TestStore other = new TestStore(2)) {
            store.settings = new WriteSettings(new ReadSettings(true), 262_144, 5_242_880);
            store.upsert("{\"_id\":\"x\",\"a\":1,\"b\":2}");
            TestUnit.pull(other, store);
            other.update("x", set("a", "7"));
            store.delete("x");
            TestUnit.pull(store, other);
            assertThat(store.read("x")).as("hidden husk").isNull();
            assertThat(store.scan(CARS)).isEmpty();
            store.transact(tx -> insert(tx, "{\"_id\":\"x\",\"c\":4}", Conflict.FAIL));
            assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"c\":4}");
        }
    }

    // ---- INITIAL

    @Test
    void an_initial_document_is_written_where_the_id_is_unknown_and_nowhere_else() {
        store.transact(tx -> assertThat(initial(tx, "{\"_id\":\"x\",\"a\":1}")).isEqualTo(id("x")));
        assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"a\":1}");
        store.transact(tx -> assertThat(initial(tx, "{\"_id\":\"x\",\"a\":1}")).isNull());
        store.transact(tx -> assertThat(initial(tx, "{\"_id\":\"x\",\"a\":2}")).isNull());
        assertThat(store.store.head().commitId()).isEqualTo(1);
        store.delete("x");
        store.transact(tx -> assertThat(initial(tx, "{\"_id\":\"x\",\"a\":2}")).isNull());
        assertThat(store.read("x")).isNull();
    }

    @Test
    void an_evicted_initial_document_is_written_again_without_a_new_epoch() {
        store.transact(tx -> initial(tx, "{\"_id\":\"x\",\"a\":1}"));
        store.update("x", set("a", "2"));
        store.evict("x");
        store.transact(tx -> assertThat(initial(tx, "{\"_id\":\"x\",\"a\":1}")).isNotNull());
        assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"a\":1}");
        assertThat(store.store.newest().image().identity().epoch()).isZero();
        store.update("x", set("a", "3"));
        assertThat(store.store.newest().image().identity().epoch()).isEqualTo(1);
    }

    @Test
    void the_same_initial_document_on_two_stores_is_one_event() {
        try (TestStore other = new TestStore(2)) {
            store.transact(tx -> initial(tx, "{\"_id\":\"x\",\"a\":1,\"m\":{\"k\":2}}"));
            other.transact(tx -> initial(tx, "{\"_id\":\"x\",\"a\":1,\"m\":{\"k\":2}}"));
            assertThat(store.record("x").vv()).isEqualTo(other.record("x").vv());
        }
    }

    @Test
    void a_write_behind_an_initial_insert_in_one_transaction_is_an_event_of_its_own() {
        store.transact(tx -> {
            initial(tx, "{\"_id\":\"x\",\"a\":1}");
            tx.update(CARS, id("x"), List.of(set("a", "2")), Typing.FLEXIBLE);
        });
        assertThat(store.record("x").vv().size()).isEqualTo(2);
        assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"a\":2}");
    }
}
