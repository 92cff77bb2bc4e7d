package io.ibid.peer.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Snapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * RocksDB rewrites its files in the background, and meets damage there that no reader has asked for. Then it takes no writes any more,
 * at no fault of the writer that is told.
 */
class DamageInBackgroundTest {
    private static final int FILES = 3;
    private static final int ENTRIES = 2_000;

    @TempDir
    private Path folder;

    @Test
    void writers_are_told_the_damaged_file_and_what_to_do_and_readers_go_on() throws Exception {
        for (int i = 0; i < FILES; i++) {
            try (RocksStorage storage = new RocksStorage(folder, Profile.SMALL)) {
                storage.write(batch(i));
            }
        }
        Path damaged = tables().getFirst();
        damage(damaged);
        RocksStorage storage = new RocksStorage(folder, Profile.SMALL);
        IbidException told = writeUntilRefused(storage);
        assertThat(told.code()).isEqualTo(ErrorCode.STORE_CORRUPT);
        assertThat(told)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(damaged.getFileName() + " is damaged")
                .hasMessageContaining("export what can still be read");
        assertThatThrownBy(() -> storage.write(batch(0)))
                .isInstanceOfSatisfying(
                        IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_BACKEND))
                .hasMessageContaining(damaged.getFileName().toString());
        try (Snapshot snapshot = storage.snapshot()) {
            assertThat(snapshot.get(key(FILES - 1, 0))).isNotNull();
        }
        storage.close();
    }

    private IbidException writeUntilRefused(RocksStorage storage) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        int i = FILES;
        while (System.nanoTime() < deadline) {
            try {
                storage.write(batch(i++ % 20));
                storage.sync();
            } catch (IbidException e) {
                return e;
            }
        }
        throw new AssertionError("the damage was not met");
    }

    /** Keys all over the key space, so that every file overlaps every other and none can be moved unread. */
    private static Batch batch(int number) {
        Batch batch = new Batch();
        Random random = new Random(number);
        for (int i = 0; i < ENTRIES; i++) {
            byte[] value = new byte[400];
            random.nextBytes(value);
            batch.put(key(number, i), value);
        }
        return batch;
    }

    private static byte[] key(int number, int i) {
        return ByteBuffer.allocate(8).putInt(i).putInt(number).array();
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .sorted()
                    .toList();
        }
    }

    /** In the middle, where the documents are; what is read at opening stands at the end. */
    private static void damage(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[content.length / 3] ^= 1;
        Files.write(file, content);
    }
}
