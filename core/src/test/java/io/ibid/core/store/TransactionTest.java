package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static io.ibid.core.store.TestStore.id;
import static io.ibid.core.store.TestStore.increment;
import static io.ibid.core.store.TestStore.set;
import static io.ibid.core.store.TestStore.struct;
import static io.ibid.core.store.TestStore.unset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Row;
import io.ibid.core.query.Rows;
import io.ibid.core.query.Source;
import io.ibid.core.query.Span;
import io.ibid.core.query.Target.Conflict;
import io.ibid.core.query.Typing;
import io.ibid.core.query.Warning;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** UPDATE, DELETE and EVICT as statements see them, and what makes several statements one transaction. */
class TransactionTest {

    private final TestStore store = new TestStore(1);

    @AfterEach
    void close() {
        store.close();
    }

    private static DocumentId insert(Transaction tx, String json, Conflict policy) {
        return tx.insert(CARS, struct(json), Typing.FLEXIBLE, policy, false);
    }

    private static void refused(Runnable write, ErrorCode code, String message) {
        assertThatThrownBy(write::run)
                .isInstanceOf(IbidException.class)
                .hasMessage(message)
                .extracting(e -> ((IbidException) e).code())
                .isEqualTo(code);
    }

    // ---- UPDATE, DELETE, EVICT

    @Test
    void what_is_not_visible_cannot_be_changed() {
        store.transact(tx -> {
            assertThat(tx.update(CARS, id("x"), List.of(set("a", "1")), Typing.FLEXIBLE))
                    .isFalse();
            assertThat(tx.delete(CARS, id("x"))).isFalse();
            assertThat(tx.evict(CARS, id("x"))).isFalse();
        });
        assertThat(store.store.head().commitId()).isZero();
        store.upsert("{\"_id\":\"x\"}");
        store.delete("x");
        store.transact(tx -> {
            assertThat(tx.update(CARS, id("x"), List.of(set("a", "1")), Typing.FLEXIBLE))
                    .isFalse();
            assertThat(tx.delete(CARS, id("x"))).isFalse();
            assertThat(tx.evict(CARS, id("x"))).isFalse();
        });
        assertThat(store.store.head().commitId()).isEqualTo(2);
    }

    @Test
    void writing_an_equal_value_is_a_mutation_and_unsetting_nothing_is_none() {
        store.upsert("{\"_id\":\"x\",\"a\":1}");
        assertThat(store.update("x", set("a", "1"))).isEqualTo(2);
        assertThat(store.update("x", unset("b"))).isEqualTo(2);
    }

    @Test
    void a_deleted_document_leaves_a_tombstone_and_may_be_inserted_again() {
        store.upsert("{\"_id\":\"x\",\"a\":1,\"b\":2}");
        store.delete("x");
        assertThat(store.record("x").isTombstone()).isTrue();
        assertThat(store.scan(CARS)).isEmpty();
        store.transact(tx -> insert(tx, "{\"_id\":\"x\",\"c\":3}", Conflict.FAIL));
        assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"c\":3}");
    }

    @Test
    void a_tombstone_keeps_the_fields_that_subscriptions_decide_on() {
        store.settings = new WriteSettings(
                ReadSettings.SHOWN, 262_144, 5_242_880, collection -> new TreeSet<>(List.of("tenant", "gone")));
        store.upsert("{\"_id\":\"x\",\"tenant\":\"t1\",\"secret\":9}");
        store.delete("x");
        assertThat(store.record("x").hint().fields()).isEqualTo(struct("{\"tenant\":\"t1\"}"));
        store.upsert("{\"_id\":\"x\"}");
        assertThat(store.record("x").hint()).isNull();
    }

    @Test
    void an_evicted_document_is_gone_without_a_tombstone() {
        store.upsert("{\"_id\":\"x\",\"a\":1}");
        assertThat(store.evict("x")).isEqualTo(2);
        assertThat(store.record("x")).isNull();
        assertThat(store.read("x")).isNull();
        store.transact(tx -> insert(tx, "{\"_id\":\"x\",\"b\":1}", Conflict.FAIL));
        assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"b\":1}");
    }

    // ---- one transaction

    @Test
    void a_transaction_reads_its_own_writes_and_nobody_else_does() {
        store.upsert("{\"_id\":\"b\",\"v\":1}");
        store.upsert("{\"_id\":\"d\",\"v\":1}");
        store.transact(tx -> {
            insert(tx, "{\"_id\":\"a\"}", Conflict.FAIL);
            insert(tx, "{\"_id\":\"c\"}", Conflict.FAIL);
            insert(tx, "{\"_id\":\"e\"}", Conflict.FAIL);
            tx.update(CARS, id("b"), List.of(set("v", "2")), Typing.FLEXIBLE);
            tx.delete(CARS, id("d"));
            tx.delete(CARS, id("e"));
            try (Rows rows = tx.source().scan(CARS, Typing.FLEXIBLE)) {
                assertThat(TestStore.all(rows))
                        .containsExactly("{\"_id\":\"a\"}", "{\"_id\":\"b\",\"v\":2}", "{\"_id\":\"c\"}");
            }
            assertThat(tx.source().count(CARS)).isEqualTo(3);
            assertThat(tx.source().find(CARS, id("d"), Typing.FLEXIBLE)).isNull();
            assertThat(store.scan(CARS)).containsExactly("{\"_id\":\"b\",\"v\":1}", "{\"_id\":\"d\",\"v\":1}");
        });
        assertThat(store.scan(CARS)).containsExactly("{\"_id\":\"a\"}", "{\"_id\":\"b\",\"v\":2}", "{\"_id\":\"c\"}");
        assertThat(store.store.head().commitId()).isEqualTo(3);
    }

    @Test
    void a_range_of_ids_is_read_in_both_directions_with_what_the_transaction_wrote() {
        for (String name : List.of("\"a\"", "\"b\"", "\"d\"", "7", "{\"x\":1}")) {
            store.upsert("{\"_id\":" + name + "}");
        }
        Span fromB = new Span(List.of(), new Span.Bound(Value.of("b"), true), new Span.Bound(Value.of("d"), false));
        Span afterB = new Span(List.of(), new Span.Bound(Value.of("b"), false), null);
        Span seven = new Span(List.of(Value.of(7.0)), null, null);
        store.transact(tx -> {
            insert(tx, "{\"_id\":\"c\"}", Conflict.FAIL);
            insert(tx, "{\"_id\":\"e\"}", Conflict.FAIL);
            tx.delete(CARS, id("d"));
            assertThat(ids(tx.source(), Span.ALL)).isEqualTo("7 \"a\" \"b\" \"c\" \"e\" {\"x\":1}");
            assertThat(ids(tx.source(), fromB)).isEqualTo("\"b\" \"c\"");
            assertThat(ids(tx.source(), afterB)).isEqualTo("\"c\" \"e\" {\"x\":1}");
            assertThat(ids(tx.source(), seven)).isEqualTo("7");
        });
        try (Published published = store.store.published()) {
            Source source = published.source(ReadSettings.SHOWN);
            assertThat(ids(source, fromB)).isEqualTo("\"b\" \"c\"");
            assertThat(ids(source, new Span(List.of(), null, new Span.Bound(Value.of("b"), true))))
                    .isEqualTo("7 \"a\" \"b\"");
            assertThat(source.estimate(CARS, Span.ALL)).isEqualTo(6);
            assertThat(source.estimate(CARS, fromB)).isBetween(1L, 3L);
            assertThat(source.estimate("nothing", fromB)).isZero();
            assertThat(ids(source, new Span(List.of(), afterB.low(), fromB.low())))
                    .isEmpty();
        }
    }

    /** The ids of a scan, which gives them the other way round when it is read backwards. */
    private static String ids(Source source, Span span) {
        List<String> forwards = new ArrayList<>();
        List<String> backwards = new ArrayList<>();
        for (boolean reverse : new boolean[] {false, true}) {
            try (Rows rows = source.scan(CARS, span, reverse, Typing.FLEXIBLE)) {
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    (reverse ? backwards : forwards).add(Json.write(row.id()));
                }
            }
        }
        assertThat(backwards).isEqualTo(forwards.reversed());
        return String.join(" ", forwards);
    }

    @Test
    void a_scan_shows_the_moment_when_it_was_opened() {
        for (String name : List.of("a", "b", "c")) {
            store.upsert("{\"_id\":\"" + name + "\",\"v\":1}");
        }
        store.transact(tx -> {
            tx.update(CARS, id("c"), List.of(set("v", "2")), Typing.FLEXIBLE);
            List<String> seen = new ArrayList<>();
            try (Rows rows = tx.source().scan(CARS, Typing.FLEXIBLE)) {
                for (Row row = rows.next(); row != null; row = rows.next()) {
                    seen.add(TestStore.json(row));
                    tx.update(CARS, id("c"), List.of(set("v", "3")), Typing.FLEXIBLE);
                    insert(tx, "{\"_id\":\"z" + seen.size() + "\"}", Conflict.FAIL);
                }
            }
            assertThat(seen)
                    .containsExactly("{\"_id\":\"a\",\"v\":1}", "{\"_id\":\"b\",\"v\":1}", "{\"_id\":\"c\",\"v\":2}");
        });
        assertThat(store.scan(CARS)).hasSize(6);
    }

    @Test
    void all_that_a_transaction_writes_in_a_document_is_one_event() {
        store.transact(tx -> {
            insert(tx, "{\"_id\":\"x\",\"a\":1}", Conflict.FAIL);
            tx.update(CARS, id("x"), List.of(set("b", "2"), increment("n", 1)), Typing.FLEXIBLE);
            tx.update(CARS, id("x"), List.of(increment("n", 1), unset("a")), Typing.FLEXIBLE);
        });
        assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"b\":2,\"n\":2}");
        assertThat(store.record("x").document().arrivals().size()).isEqualTo(1);
        assertThat(store.store.head().commitId()).isEqualTo(1);
    }

    @Test
    void a_failed_statement_can_be_undone_alone() {
        store.upsert("{\"_id\":\"x\",\"a\":1}");
        store.transact(tx -> {
            tx.savepoint();
            tx.update(CARS, id("x"), List.of(set("a", "2"), increment("n", 1)), Typing.FLEXIBLE);
            Savepoint second = tx.savepoint();
            tx.update(CARS, id("x"), List.of(set("a", "3"), increment("n", 1)), Typing.FLEXIBLE);
            insert(tx, "{\"_id\":\"y\"}", Conflict.FAIL);
            tx.delete(CARS, id("x"));
            tx.rollback(second);
            assertThat(TestStore.json(tx.source().find(CARS, id("x"), Typing.FLEXIBLE)))
                    .isEqualTo("{\"_id\":\"x\",\"a\":2,\"n\":1}");
            assertThat(tx.source().find(CARS, id("y"), Typing.FLEXIBLE)).isNull();
            tx.savepoint();
            tx.update(CARS, id("x"), List.of(increment("n", 5)), Typing.FLEXIBLE);
        });
        assertThat(store.scan(CARS)).containsExactly("{\"_id\":\"x\",\"a\":2,\"n\":6}");
    }

    @Test
    void a_transaction_that_undid_everything_makes_no_commit() {
        store.transact(tx -> {
            Savepoint start = tx.savepoint();
            insert(tx, "{\"_id\":\"y\"}", Conflict.FAIL);
            tx.rollback(start);
        });
        assertThat(store.store.head().commitId()).isZero();
    }

    @Test
    void forgetting_and_writing_again_in_one_transaction_leaves_one_entry_in_the_change_index() {
        store.upsert("{\"_id\":\"x\",\"a\":1}");
        store.transact(tx -> {
            tx.evict(CARS, id("x"));
            insert(tx, "{\"_id\":\"x\",\"b\":1}", Conflict.FAIL);
        });
        assertThat(store.read("x")).isEqualTo("{\"_id\":\"x\",\"b\":1}");
        assertThat(store.changes(0)).hasSize(1);
        store.transact(tx -> {
            insert(tx, "{\"_id\":\"y\"}", Conflict.FAIL);
            tx.evict(CARS, id("y"));
        });
        assertThat(store.store.head().commitId()).isEqualTo(2);
        assertThat(store.record("y")).isNull();
    }

    // ---- limits

    @Test
    void a_large_document_is_written_with_a_warning_and_one_beyond_the_limit_is_refused() {
        store.settings = new WriteSettings(ReadSettings.SHOWN, 1000, 3000);
        List<Warning> warnings = new ArrayList<>();
        store.transact(tx -> {
            insert(tx, "{\"_id\":\"s\",\"t\":\"" + "x".repeat(2000) + "\"}", Conflict.FAIL);
            warnings.addAll(tx.warnings());
            assertThat(tx.warnings()).isEmpty();
        });
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0).description())
                .matches("Document `_id = \"s\"` size is 2\\.0 KB exceeds recommended limit of 1\\.0 KB bytes and might"
                        + " have reduced performance");
        assertThatThrownBy(() -> store.transact(
                        tx -> insert(tx, "{\"_id\":\"l\",\"t\":\"" + "x".repeat(4000) + "\"}", Conflict.FAIL)))
                .isInstanceOf(IbidException.class)
                .hasMessageMatching("Query failed: DQL Internal execution error: Insert failed: <store> Document `_id ="
                        + " \"l\"` size is 40\\d\\d bytes and exceeds limit of 3000 bytes");
        assertThatThrownBy(() -> store.update("s", set("u", "\"" + "y".repeat(2000) + "\"")))
                .hasMessageContaining("Update failed");
        store.settings = new WriteSettings(ReadSettings.SHOWN, 10_000, 3000);
        store.update("s", set("u", "\"" + "y".repeat(2000) + "\""));
    }

    @Test
    void a_read_only_transaction_refuses_every_mutation() {
        store.upsert("{\"_id\":\"x\",\"a\":1}");
        try (Published published = store.store.published()) {
            var target = published.readOnlyTarget(ReadSettings.SHOWN);
            assertThat(target.source().count(CARS)).isEqualTo(1);
            refused(
                    () -> target.delete(CARS, id("x")),
                    ErrorCode.STORE_TRANSACTION_READ_ONLY,
                    "A mutating DQL query was attempted using a read-only transaction.");
        }
    }
}
