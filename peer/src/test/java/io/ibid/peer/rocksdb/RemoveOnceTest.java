package io.ibid.peer.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoveOnceTest {

    private static final int MOVES_PER_BATCH = 100;

    @TempDir
    Path folder;

    /** One document that is changed all the time leaves that many removed entries at the front of the change index. */
    @Test
    void a_seek_over_an_entry_that_moved_a_million_times_is_not_slowed_down() {
        int moves = Boolean.getBoolean("ibid.long") ? 1_000_000 : 200_000;
        double once = seekMillis(folder.resolve("once"), moves, true);
        double plain = seekMillis(folder.resolve("plain"), moves, false);
        assertThat(once)
                .as("ms, against %.1f ms with plain removes", plain)
                .isLessThan(20)
                .isLessThan(plain / 2);
    }

    private static double seekMillis(Path directory, int moves, boolean once) {
        try (RocksStorage storage = new RocksStorage(directory, Profile.SMALL)) {
            for (int move = 0; move < moves; ) {
                Batch batch = new Batch();
                for (int i = 0; i < MOVES_PER_BATCH; i++, move++) {
                    if (move > 0 && once) {
                        batch.removeOnce(key(move - 1));
                    } else if (move > 0) {
                        batch.remove(key(move - 1));
                    }
                    batch.put(key(move), new byte[] {1});
                }
                storage.write(batch);
            }
            double best = Double.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                long start = System.nanoTime();
                try (Snapshot snapshot = storage.snapshot();
                        Cursor cursor = snapshot.scan(key(0), null, false)) {
                    assertThat(cursor.next()).isTrue();
                    assertThat(cursor.key()).isEqualTo(key(moves - 1));
                }
                best = Math.min(best, (System.nanoTime() - start) / 1e6);
            }
            return best;
        }
    }

    private static byte[] key(int commit) {
        return ByteBuffer.allocate(13).put((byte) 'L').putLong(commit).putInt(7).array();
    }
}
