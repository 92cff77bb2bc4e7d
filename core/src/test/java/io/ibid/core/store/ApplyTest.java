package io.ibid.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.Ablation;
import io.ibid.core.query.Target.Conflict;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Applying is a function: the same changes give the same bytes, on every replica, however they were decided. */
class ApplyTest {

    /** The change as another replica gets it: without what deciding has worked out. */
    private static Change fromTheLog(Change change) {
        return switch (change) {
            case Change.Local local -> {
                List<Change.DocumentChange> documents = new ArrayList<>();
                for (Change.DocumentChange document : local.documents()) {
                    documents.add(
                            document instanceof Change.Write write
                                    ? new Change.Write(write.key(), write::delta, write.evicted(), null)
                                    : document);
                }
                yield new Change.Local(local.hlc(), documents, local.sidePuts(), local.node());
            }
            case Change.Unit unit ->
                new Change.Unit(
                        unit.hlc(),
                        unit.unit(),
                        unit.accepted(),
                        unit.repeated(),
                        unit.absent(),
                        -1,
                        unit.dropped(),
                        unit.sidePuts(),
                        unit.node());
            case Change.Beside beside -> beside;
            case Change.Reap reap -> reap;
            case Change.Indexing indexing -> indexing;
            case Change.Renewal renewal -> renewal;
        };
    }

    @Test
    void a_list_of_changes_applied_twice_gives_equal_states() {
        for (int seed = 0; seed < 60; seed++) {
            Workload workload = new Workload(seed);
            MemoryStorage empty = emptyStore();
            try (TestStore decider = new TestStore(1, empty.fork(), Ablation.NONE);
                    TestStore other = new TestStore(2);
                    TestStore replica = new TestStore(1, empty.fork(), Ablation.NONE)) {
                for (int i = 0; i < 60; i++) {
                    decider.clock.nowMs += workload.random.nextInt(3_600_000);
                    other.clock.nowMs = decider.clock.nowMs;
                    Change change;
                    if (workload.random.nextInt(4) == 0) {
                        other.transact(workload::transaction);
                        TestUnit unit = TestUnit.since(other, 0).token("token " + i);
                        Proposal proposal = decider.store.head().unit(unit);
                        change = (Change) proposal;
                    } else {
                        Transaction tx = decider.store.head().transaction(decider.settings);
                        workload.transaction(tx);
                        change = tx.seal();
                    }
                    decider.write(change);
                    replica.write(fromTheLog(change));
                    assertThat(StateHash.difference(replica.storage, decider.storage))
                            .isEmpty();
                }
            }
        }
    }

    private static MemoryStorage emptyStore() {
        MemoryStorage storage = new MemoryStorage();
        new TestStore(1, storage, Ablation.NONE).store.close();
        return storage;
    }

    @Test
    void what_deciding_has_worked_out_is_not_used_on_another_state() {
        MemoryStorage empty = emptyStore();
        try (TestStore decider = new TestStore(1, empty.fork(), Ablation.NONE);
                TestStore replica = new TestStore(1, empty.fork(), Ablation.NONE)) {
            Transaction tx = decider.store.head().transaction(decider.settings);
            tx.insert("cars", TestStore.struct("{\"_id\":\"x\",\"a\":1}"), Typing.FLEXIBLE, Conflict.FAIL, false);
            Change change = tx.seal();
            try (TestStore other = new TestStore(2)) {
                other.upsert("{\"_id\":\"x\",\"b\":2}");
                TestUnit.pull(replica, other);
            }
            replica.write(change);
            assertThat(replica.read("x")).isEqualTo("{\"_id\":\"x\",\"a\":1,\"b\":2}");
        }
    }

    @Test
    void a_change_that_cannot_be_applied_leaves_no_trace() {
        try (TestStore store = new TestStore(1);
                TestStore other = new TestStore(2)) {
            other.upsert("{\"_id\":\"x\"}");
            TestUnit unit = TestUnit.since(other, 0);
            Change.Unit change = (Change.Unit) store.store.head().unit(unit);
            unit.breakAfter = 0;
            assertThatThrownBy(() -> store.store.write(change)).hasMessage("staging is gone");
            assertThat(store.store.newest().image().names().stores.size()).isZero();
            unit.breakAfter = Integer.MAX_VALUE;
            store.write(change);
            assertThat(store.read("x")).isNotNull();
        }
    }
}
