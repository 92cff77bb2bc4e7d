package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static io.ibid.core.store.TestStore.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.crdt.DeltaCodec;
import io.ibid.core.crdt.Known;
import io.ibid.core.query.IndexRows;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Rows;
import io.ibid.core.query.Source;
import io.ibid.core.query.Span;
import io.ibid.core.query.Target;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.MemoryStorage;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A transaction that is larger than memory: nobody notices. */
class SpillTest {

    private final MemoryStorage scratch = new MemoryStorage();

    @AfterEach
    void nothing_of_it_stays_open() {
        scratch.close();
    }

    /** Everything but the numbers in dictionaries, which are in the order of first use. */
    private static List<String> content(TestStore store) {
        List<String> content = new ArrayList<>();
        for (String collection : List.of(CARS, "dogs")) {
            for (int i = 0; i < 6; i++) {
                Record record = store.store.head().record(new DocumentKey(collection, id("d" + i)));
                content.add(collection + i + " "
                        + (record == null
                                ? "nothing"
                                : record.commit() + " "
                                        + HexFormat.of()
                                                .formatHex(DeltaCodec.encode(
                                                        record.document().extract(Known.NOTHING)))));
            }
        }
        store.changes(0).forEach(change -> content.add(change.toString()));
        try (Published published = store.store.published()) {
            content.add(published.evictedAfter(0, 100).toString());
            content.add(published.chainTail(published.commitId()).toString());
        }
        content.addAll(store.check().stream().map(Finding::toString).toList());
        return content;
    }

    private static List<String> view(Transaction transaction, IndexShape index) {
        Source source = transaction.source();
        List<String> seen = new ArrayList<>();
        for (boolean reverse : List.of(false, true)) {
            try (Rows rows = source.scan(CARS, Span.ALL, reverse, Typing.FLEXIBLE)) {
                seen.addAll(TestStore.all(rows));
            }
        }
        seen.add("count " + source.count(CARS));
        for (int i = 0; i < 6; i++) {
            seen.add("d" + i + " " + (source.find(CARS, id("d" + i), Typing.FLEXIBLE) != null));
        }
        try (IndexRows rows = source.scanIndex(index, Span.ALL, false, Typing.FLEXIBLE)) {
            while (rows.next()) {
                seen.add("by index " + rows.id());
            }
        }
        return seen;
    }

    @Test
    void statements_see_and_write_the_same_when_everything_is_put_on_disk_after_each() {
        for (int seed = 0; seed < 50; seed++) {
            try (TestStore kept = new TestStore(1);
                    TestStore spilled = new TestStore(1)) {
                spilled.store.spillTo(scratch, seed % 3 == 0 ? 1_500 : 0);
                for (TestStore store : List.of(kept, spilled)) {
                    // In the same order in both.
                    store.upsert("{\"_id\":\"d0\",\"f0\":1}");
                    store.transact(tx -> tx.insert(
                            "dogs",
                            TestStore.struct("{\"_id\":\"d0\"}"),
                            Typing.FLEXIBLE,
                            Target.Conflict.FAIL,
                            false));
                    store.createIndex("by_f0", true, "f0");
                    store.work(10, 100);
                }
                Workload one = new Workload(seed);
                Workload other = new Workload(seed);
                IndexShape index =
                        new IndexShape(CARS, "by_f0", List.of(new IndexShape.Key(TestStore.path("f0"), false)), true);
                for (int i = 0; i < 12; i++) {
                    Transaction a = kept.store.head().transaction(kept.settings);
                    Transaction b = spilled.store.head().transaction(spilled.settings);
                    for (int j = 0; j < 4; j++) {
                        one.transaction(a);
                        other.transaction(b);
                        assertThat(view(b, index)).as("seed " + seed).isEqualTo(view(a, index));
                    }
                    kept.write(a.seal());
                    spilled.write(b.seal());
                    assertThat(content(spilled)).as("seed " + seed).isEqualTo(content(kept));
                    assertThat(scratch.size()).as("left on disk").isZero();
                }
            }
        }
    }

    @Test
    void what_an_abandoned_transaction_has_put_on_disk_is_not_seen_by_the_next() {
        try (TestStore store = new TestStore(1)) {
            store.store.spillTo(scratch, 0);
            store.upsert("{\"_id\":\"a\",\"n\":1}");
            Transaction abandoned = store.store.head().transaction(store.settings);
            abandoned.delete(CARS, id("a"));
            abandoned.insert(CARS, TestStore.struct("{\"_id\":\"b\"}"), Typing.FLEXIBLE, Target.Conflict.FAIL, false);
            assertThat(scratch.size()).isEqualTo(2);
            store.upsert("{\"_id\":\"c\",\"n\":3}");
            assertThat(store.scan(CARS)).containsExactly("{\"_id\":\"a\",\"n\":1}", "{\"_id\":\"c\",\"n\":3}");
        }
    }

    @Test
    void a_scan_shows_the_moment_at_which_it_was_opened_although_later_writes_are_put_on_disk() {
        try (TestStore store = new TestStore(1)) {
            store.store.spillTo(scratch, 0);
            Transaction transaction = store.store.head().transaction(store.settings);
            for (int i = 0; i < 5; i++) {
                transaction.insert(
                        CARS,
                        TestStore.struct("{\"_id\":\"d" + i + "\"}"),
                        Typing.FLEXIBLE,
                        Target.Conflict.FAIL,
                        false);
            }
            List<String> seen = new ArrayList<>();
            try (var rows = transaction.source().scan(CARS, Typing.FLEXIBLE)) {
                for (var row = rows.next(); row != null; row = rows.next()) {
                    seen.add(TestStore.json(row));
                    transaction.delete(CARS, row.documentId());
                }
            }
            assertThat(seen).hasSize(5);
            assertThat(transaction.source().count(CARS)).isZero();
        }
    }
}
