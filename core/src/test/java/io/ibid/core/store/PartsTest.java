package io.ibid.core.store;

import static io.ibid.core.store.TestStore.CARS;
import static io.ibid.core.store.TestStore.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.Ablation;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Target;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A change larger than one batch: the same commit, written in parts. */
class PartsTest {

    private static final long SMALL = 4_000;
    private static final int DOCUMENTS = 100;

    /** Stops for good before the write with this number, counted from 1. */
    private static final class StoppingStorage implements Storage {
        private final MemoryStorage storage;
        private final int stopBefore;
        int writes;

        StoppingStorage(MemoryStorage storage, int stopBefore) {
            this.storage = storage;
            this.stopBefore = stopBefore;
        }

        @Override
        public Snapshot snapshot() {
            return storage.snapshot();
        }

        @Override
        public void write(Batch batch) {
            if (++writes >= stopBefore) {
                throw new IllegalStateException("stopped");
            }
            storage.write(batch);
        }

        @Override
        public void sync() {
            storage.sync();
        }

        @Override
        public long syncs() {
            return storage.syncs();
        }

        @Override
        public void close() {}
    }

    private static Store open(Storage storage) {
        return Store.open(
                storage, TestStore.identity(1), new TestStore.TestClock(), TestStore.randomness(1), Ablation.NONE);
    }

    private static void write(Store store, Consumer<Transaction> statements) {
        Transaction transaction = store.head().transaction(WriteSettings.STANDARD);
        statements.accept(transaction);
        try (Commit commit = store.write(transaction.seal())) {
            assertThat(commit).isNotNull();
            store.publish(commit);
        }
    }

    private static void fill(Transaction transaction) {
        for (int i = 0; i < DOCUMENTS; i++) {
            transaction.insert(
                    CARS,
                    TestStore.struct("{\"_id\":\"car" + i + "\",\"text\":\"" + "x".repeat(i) + "\"}"),
                    Typing.FLEXIBLE,
                    Target.Conflict.FAIL,
                    false);
        }
    }

    private static void change(Transaction transaction) {
        for (int i = 0; i < DOCUMENTS; i++) {
            switch (i % 3) {
                case 0 -> transaction.delete(CARS, id("car" + i));
                case 1 -> transaction.evict(CARS, id("car" + i));
                default ->
                    transaction.update(
                            CARS, id("car" + i), List.of(TestStore.set("text", "\"changed\"")), Typing.FLEXIBLE);
            }
        }
    }

    private static MemoryStorage filled() {
        MemoryStorage storage = new MemoryStorage();
        try (Store store = open(storage)) {
            write(store, PartsTest::fill);
        }
        return storage;
    }

    private static List<String> content(MemoryStorage storage) {
        List<String> content = new ArrayList<>();
        try (Snapshot snapshot = storage.snapshot();
                Cursor cursor = snapshot.scan(new byte[0], null, false)) {
            while (cursor.next()) {
                content.add(HexFormat.of().formatHex(cursor.key()) + " "
                        + HexFormat.of().formatHex(cursor.value()));
            }
        }
        return content;
    }

    private static List<Finding> check(MemoryStorage storage) {
        try (Snapshot snapshot = storage.snapshot()) {
            return Check.run(snapshot);
        }
    }

    @Test
    void parts_leave_the_same_bytes_as_one_batch() {
        MemoryStorage filled = filled();
        MemoryStorage whole = filled.fork();
        try (Store store = open(whole)) {
            write(store, PartsTest::change);
        }
        MemoryStorage inParts = filled.fork();
        StoppingStorage counting = new StoppingStorage(inParts, Integer.MAX_VALUE);
        try (Store store = open(counting)) {
            store.limitBatches(SMALL);
            write(store, PartsTest::change);
        }
        assertThat(counting.writes).isGreaterThan(6);
        assertThat(content(inParts)).isEqualTo(content(whole));
        assertThat(check(inParts)).isEmpty();
    }

    @Test
    void the_commit_tells_what_it_touched_and_readers_see_it_only_when_it_is_published() {
        MemoryStorage storage = filled();
        try (Store store = open(storage)) {
            store.limitBatches(SMALL);
            Transaction transaction = store.head().transaction(WriteSettings.STANDARD);
            change(transaction);
            try (Commit commit = store.write(transaction.seal());
                    Published before = store.published()) {
                assertThat(commit).isNotNull();
                assertThat(before.commitId()).isEqualTo(1);
                assertThat(before.record(TestStore.key("car3"))).isNotNull();
                List<Touch> touched = new ArrayList<>();
                commit.touched().forEach(touched::add);
                assertThat(touched).hasSize(DOCUMENTS);
                assertThat(touched.stream().filter(Touch::evicted)).hasSize(33);
                store.publish(commit);
            }
        }
    }

    @Test
    void wherever_it_stops_the_next_open_finds_either_nothing_of_it_or_all() {
        MemoryStorage filled = filled();
        List<String> before = content(filled);
        MemoryStorage whole = filled.fork();
        try (Store store = open(whole)) {
            write(store, PartsTest::change);
        }
        List<String> after = content(whole);
        boolean done = false;
        int rolledForward = 0;
        for (int stopBefore = 1; !done; stopBefore++) {
            MemoryStorage storage = filled.fork();
            StoppingStorage stopping = new StoppingStorage(storage, stopBefore);
            Store store = open(stopping);
            store.limitBatches(SMALL);
            try {
                write(store, PartsTest::change);
                done = true;
            } catch (IllegalStateException stopped) {
                assertThat(stopped).hasMessage("stopped");
            }
            store.close();
            MemoryStorage found = storage.fork();
            open(found).close();
            assertThat(content(found)).as("stopped before write " + stopBefore).isIn(before, after);
            assertThat(check(found)).isEmpty();
            rolledForward += content(found).equals(after) ? 1 : 0;
        }
        assertThat(rolledForward).isGreaterThan(3);
    }

    @Test
    void an_open_that_is_interrupted_as_well_goes_on_at_the_next() {
        MemoryStorage storage = halfWritten();
        for (int i = 0; i < 3; i++) {
            MemoryStorage now = storage;
            assertThatThrownBy(() -> open(new StoppingStorage(now, 1))).hasMessage("stopped");
            storage = now.fork();
        }
        open(storage).close();
        assertThat(check(storage)).isEmpty();
    }

    /** With the change under way, some parts written, some not. */
    private static MemoryStorage halfWritten() {
        for (int stopBefore = 1; ; stopBefore++) {
            MemoryStorage storage = filled();
            Store store = open(new StoppingStorage(storage, stopBefore));
            store.limitBatches(SMALL);
            assertThatThrownBy(() -> write(store, PartsTest::change)).hasMessage("stopped");
            store.close();
            Metadata.Applying applying = applying(storage);
            if (applying != null && applying.written() > 0) {
                return storage.fork();
            }
        }
    }

    private static Metadata.Applying applying(MemoryStorage storage) {
        try (Snapshot snapshot = storage.snapshot()) {
            return Metadata.applying(snapshot);
        }
    }

    @Test
    void a_missing_or_damaged_part_is_named_by_the_open_and_by_the_check() {
        MemoryStorage missing = halfWritten();
        byte[] first = Keys.part(2, applying(missing).written());
        Batch batch = new Batch();
        batch.remove(first);
        missing.write(batch);
        expectNamed(missing, first, "is missing");

        MemoryStorage damaged = halfWritten();
        batch = new Batch();
        batch.put(first, new byte[] {9, 1, 2});
        damaged.write(batch);
        expectNamed(damaged, first, "unknown kind 9");

        MemoryStorage foreign = halfWritten();
        batch = new Batch();
        batch.put(Keys.part(7, 0), new byte[0]);
        foreign.write(batch);
        assertThat(check(foreign).toString()).contains("no part of the change that is under way");
    }

    private static void expectNamed(MemoryStorage storage, byte[] key, String problem) {
        assertThatThrownBy(() -> open(storage))
                .isInstanceOf(IbidException.class)
                .hasMessageContaining(Corruption.name(key))
                .hasMessageContaining(problem);
        assertThat(check(storage)).anySatisfy(finding -> {
            assertThat(finding.table()).isEqualTo("parts");
            assertThat(finding.key()).isEqualTo(Corruption.name(key));
            assertThat(finding.problem()).contains(problem);
        });
    }

    @Test
    void parts_that_belong_to_nothing_are_found_and_gone_with_the_next_open() {
        MemoryStorage storage = filled();
        Batch batch = new Batch();
        batch.put(Keys.part(2, 0), new byte[] {1});
        storage.write(batch);
        assertThat(check(storage).toString()).contains("it belongs to no change that is under way");
        open(storage).close();
        assertThat(check(storage)).isEmpty();
    }

    @Test
    void a_unit_in_parts_leaves_the_same_bytes_too() {
        try (TestStore supplier = new TestStore(2);
                TestStore whole = new TestStore(3);
                TestStore inParts = new TestStore(3)) {
            supplier.transact(PartsTest::fill);
            TestUnit.pull(whole, supplier);
            inParts.store.limitBatches(SMALL);
            TestUnit.pull(inParts, supplier);
            assertThat(content(inParts.storage)).isEqualTo(content(whole.storage));
            assertThat(inParts.storage.syncs()).isGreaterThan(whole.storage.syncs());
        }
    }

    @Test
    void a_unit_that_breaks_half_way_leaves_no_parts() {
        try (TestStore supplier = new TestStore(2);
                TestStore store = new TestStore(3)) {
            supplier.transact(PartsTest::fill);
            List<String> before = content(store.storage);
            store.store.limitBatches(SMALL);
            TestUnit unit = TestUnit.since(supplier, 0);
            Proposal proposal = store.store.head().unit(unit);
            unit.breakAfter = DOCUMENTS - 10;
            assertThatThrownBy(() -> store.write((Change) proposal)).isInstanceOf(IllegalStateException.class);
            assertThat(content(store.storage)).isEqualTo(before);
        }
    }
}
