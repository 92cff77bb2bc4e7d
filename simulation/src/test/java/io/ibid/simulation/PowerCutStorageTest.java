package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import io.ibid.simulation.PowerCutStorage.Fault;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PowerCutStorageTest {

    @Test
    void a_power_cut_keeps_what_was_synced_and_every_prefix_of_the_rest_happens() {
        SortedMap<Integer, Integer> timesByKept = new TreeMap<>();
        for (long seed = 0; seed < 300; seed++) {
            PowerCutStorage storage = new PowerCutStorage(seed);
            write(storage, 3);
            storage.sync();
            write(storage, 4);
            assertThat(storage.unsyncedBatches()).isEqualTo(4);
            timesByKept.merge(batches(storage.cutPower()), 1, Integer::sum);
        }
        assertThat(timesByKept.keySet()).containsExactly(3, 4, 5, 6, 7);
        assertThat(timesByKept.get(3)).isGreaterThan(80);
        assertThat(timesByKept.get(7)).isGreaterThan(80);
    }

    @Test
    void the_same_seed_loses_the_same() {
        assertThat(keptAfterManyCuts(7)).isEqualTo(keptAfterManyCuts(7)).isNotEqualTo(keptAfterManyCuts(8));
    }

    private static int keptAfterManyCuts(long seed) {
        PowerCutStorage storage = new PowerCutStorage(seed);
        for (int i = 0; i < 50; i++) {
            write(storage, 10);
            storage = storage.cutPower();
        }
        return batches(storage);
    }

    @Test
    void a_crash_of_the_process_keeps_everything_but_does_not_make_it_durable() {
        int lost = 0;
        for (long seed = 0; seed < 50; seed++) {
            PowerCutStorage storage = new PowerCutStorage(seed);
            write(storage, 5);
            storage = storage.reopen();
            assertThat(batches(storage)).isEqualTo(5);
            if (batches(storage.cutPower()) < 5) {
                lost++;
            }
        }
        assertThat(lost).isPositive();
    }

    @Test
    void after_the_process_ended_the_old_handle_is_refused() {
        PowerCutStorage storage = new PowerCutStorage(1);
        storage.cutPower();
        assertRefused(storage, ErrorCode.STORE_CLOSED);
        assertThatThrownBy(storage::snapshot).isInstanceOf(IbidException.class);
    }

    @Test
    void a_full_disk_refuses_everything_until_reopened_and_leaves_no_trace() {
        PowerCutStorage storage = new PowerCutStorage(1);
        write(storage, 1);
        storage.sync();
        storage.inject(Fault.DISK_FULL);
        assertThatThrownBy(() -> write(storage, 1)).hasMessageContaining("disk is full");
        assertThat(storage.isRefusing()).isTrue();
        assertRefused(storage, ErrorCode.STORE_BACKEND);
        assertThat(batches(storage)).isEqualTo(1);
        PowerCutStorage reopened = storage.reopen();
        assertThat(batches(reopened)).isEqualTo(1);
        write(reopened, 1);
        reopened.sync();
        assertThat(batches(reopened)).isEqualTo(2);
    }

    @Test
    void nobody_knows_what_a_failed_write_left_on_the_disk() {
        SortedMap<Integer, Integer> timesByKept = new TreeMap<>();
        for (long seed = 0; seed < 100; seed++) {
            PowerCutStorage storage = new PowerCutStorage(seed);
            write(storage, 2);
            storage.sync();
            storage.inject(Fault.WRITE_ERROR);
            assertThatThrownBy(() -> write(storage, 1)).isInstanceOf(IbidException.class);
            assertRefused(storage, ErrorCode.STORE_BACKEND);
            assertThat(batches(storage)).isEqualTo(2);
            timesByKept.merge(batches(storage.reopen()), 1, Integer::sum);
        }
        assertThat(timesByKept.keySet()).containsExactly(2, 3);
    }

    @Test
    void nobody_knows_what_a_failed_sync_made_durable() {
        SortedMap<Integer, Integer> timesByKept = new TreeMap<>();
        for (long seed = 0; seed < 100; seed++) {
            PowerCutStorage storage = new PowerCutStorage(seed);
            write(storage, 2);
            storage.inject(Fault.SYNC_ERROR);
            assertThatThrownBy(storage::sync).isInstanceOf(IbidException.class);
            assertRefused(storage, ErrorCode.STORE_BACKEND);
            timesByKept.merge(batches(storage.reopen()), 1, Integer::sum);
        }
        assertThat(timesByKept.keySet()).containsExactly(0, 1, 2);
    }

    @Test
    void a_key_that_was_ever_removed_plainly_may_not_be_removed_once() {
        PowerCutStorage storage = new PowerCutStorage(1);
        Batch history = new Batch();
        history.put(new byte[] {1}, new byte[0]);
        history.removeOnce(new byte[] {1});
        history.put(new byte[] {1}, new byte[0]);
        history.removeOnce(new byte[] {1});
        storage.write(history);
        Batch spoiling = new Batch();
        spoiling.remove(new byte[] {1});
        spoiling.put(new byte[] {1}, new byte[0]);
        storage.write(spoiling);
        Batch broken = new Batch();
        broken.removeOnce(new byte[] {1});
        assertThatThrownBy(() -> storage.reopen().write(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("01");
    }

    private static void assertRefused(PowerCutStorage storage, ErrorCode code) {
        assertThatThrownBy(() -> write(storage, 1))
                .isInstanceOfSatisfying(
                        IbidException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThatThrownBy(storage::sync)
                .isInstanceOfSatisfying(
                        IbidException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    /** Appends batches of two keys each, of which no one may be found alone. */
    private static void write(PowerCutStorage storage, int batches) {
        for (int i = 0; i < batches; i++) {
            int number = batches(storage);
            Batch batch = new Batch();
            batch.put(key(0, number), new byte[0]);
            batch.put(key(1, number), new byte[0]);
            storage.write(batch);
        }
    }

    private static int batches(Storage storage) {
        try (Snapshot snapshot = storage.snapshot()) {
            int batches = 0;
            while (snapshot.get(key(0, batches)) != null) {
                assertThat(snapshot.get(key(1, batches))).isNotNull();
                batches++;
            }
            return batches;
        }
    }

    private static byte[] key(int half, int number) {
        return new byte[] {(byte) half, (byte) (number >> 8), (byte) number};
    }
}
