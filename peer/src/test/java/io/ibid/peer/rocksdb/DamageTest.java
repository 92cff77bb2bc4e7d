package io.ibid.peer.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store makes of files that are not as they were written: refuse by name, or lose nothing. */
final class DamageTest {

    private static final int ENTRIES = 400;

    @TempDir
    Path folder;

    private Path original;
    private Path damaged;

    @BeforeEach
    void setUp() throws IOException {
        original = Files.createDirectory(folder.resolve("original"));
        damaged = folder.resolve("damaged");
    }

    @Test
    void a_flipped_bit_anywhere_in_the_head_of_the_last_records_of_the_log_is_refused_by_name() throws IOException {
        writeLogOnly(ENTRIES);
        Path log = only(original, ".log");
        byte[] content = Files.readAllBytes(log);
        List<Integer> records = recordStarts(content);
        for (int start : records.subList(records.size() - 3, records.size())) {
            for (int bit = 0; bit < 7 * Byte.SIZE; bit++) {
                assertRefused(log, flipped(content, start * Byte.SIZE + bit));
            }
        }
    }

    @Test
    void a_flipped_bit_somewhere_in_the_log_is_refused_by_name() throws IOException {
        writeLogOnly(ENTRIES);
        Path log = only(original, ".log");
        byte[] content = Files.readAllBytes(log);
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            assertRefused(log, flipped(content, random.nextInt(content.length * Byte.SIZE)));
        }
    }

    @Test
    void a_log_that_was_cut_off_anywhere_opens_with_what_is_whole() throws IOException {
        writeLogOnly(ENTRIES);
        Path log = only(original, ".log");
        byte[] content = Files.readAllBytes(log);
        Random random = new Random(1);
        for (int i = 0; i < 40; i++) {
            int length = random.nextInt(content.length);
            copyWith(log, Arrays.copyOf(content, length));
            long whole = recordStarts(content).stream()
                            .filter(start -> start <= length)
                            .count()
                    - 1;
            assertThat(entriesFound()).isBetween((int) whole - content.length / (32 << 10), (int) whole);
        }
    }

    @Test
    void a_log_that_ends_in_zeros_opens_with_what_is_whole() throws IOException {
        writeLogOnly(40);
        Path log = only(original, ".log");
        byte[] content = Files.readAllBytes(log);
        List<Integer> records = recordStarts(content);
        for (int sector = 512; sector < content.length - 7; sector += 512) {
            byte[] zeroed = content.clone();
            Arrays.fill(zeroed, sector, zeroed.length, (byte) 0);
            copyWith(log, zeroed);
            int from = sector;
            long before = records.stream().filter(start -> start <= from).count();
            assertThat(entriesFound()).isBetween((int) before - 1, (int) before);
        }
        copyWith(log, Arrays.copyOf(content, content.length + 10_000));
        assertThat(entriesFound()).isEqualTo(40);
    }

    @Test
    void a_flipped_bit_is_not_taken_for_an_interrupted_append_when_the_record_ends_in_zeros() throws IOException {
        try (RocksStorage storage = new RocksStorage(original, Profile.SMALL)) {
            storage.write(put(0, new byte[4_000]));
            storage.sync();
            copy();
        }
        Path log = only(damaged, ".log");
        byte[] content = Files.readAllBytes(log);
        for (int bit = 0; bit < content.length * Byte.SIZE; bit += 41) {
            Files.write(log, flipped(content, bit));
            assertThatThrownBy(() -> LogCheck.check(damaged))
                    .hasMessageContaining(log.getFileName().toString());
        }
    }

    @Test
    void a_flipped_bit_in_a_table_file_loses_nothing_in_silence() throws IOException {
        writeFlushed();
        int refused = flipEverywhere(only(original, ".sst"), 100);
        assertThat(refused).isGreaterThan(50);
    }

    @Test
    void a_flipped_bit_in_the_manifest_loses_nothing_in_silence() throws IOException {
        writeFlushed();
        flipEverywhere(file(original, "MANIFEST"), 100);
    }

    @Test
    void a_flipped_bit_in_the_pointer_to_the_manifest_loses_nothing_in_silence() throws IOException {
        writeFlushed();
        flipEverywhere(file(original, "CURRENT"), 60);
    }

    /** Flips random bits, one at a time; returns how often that was noticed. */
    private int flipEverywhere(Path file, int times) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < times; i++) {
            copyWith(file, flipped(content, random.nextInt(content.length * Byte.SIZE)));
            try {
                assertThat(entriesFound()).isEqualTo(ENTRIES);
            } catch (IbidException expected) {
                assertThat(expected).hasMessageContaining(damaged.toString());
                refused++;
            }
        }
        return refused;
    }

    private void assertRefused(Path log, byte[] content) throws IOException {
        copyWith(log, content);
        assertThatThrownBy(() -> new RocksStorage(damaged, Profile.SMALL))
                .isInstanceOfSatisfying(
                        IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT))
                .hasMessageContaining(damaged.toString())
                .hasMessageContaining(log.getFileName().toString());
    }

    /** Entries found by point reads and by a scan, which must agree, and whose content must be right. */
    private int entriesFound() {
        try (Storage storage = new RocksStorage(damaged, Profile.SMALL);
                Snapshot snapshot = storage.snapshot()) {
            int found = 0;
            for (int i = 0; i < ENTRIES; i++) {
                byte[] value = snapshot.get(key(i));
                if (value != null) {
                    assertThat(value).isEqualTo(value(i));
                    found++;
                }
            }
            int scanned = 0;
            try (Cursor cursor = snapshot.scan(new byte[0], null, false)) {
                while (cursor.next()) {
                    scanned++;
                }
            }
            assertThat(scanned).isEqualTo(found);
            return found;
        }
    }

    private void writeLogOnly(int entries) throws IOException {
        try (RocksStorage storage = new RocksStorage(original, Profile.SMALL)) {
            for (int i = 0; i < entries; i++) {
                storage.write(put(i, value(i)));
                storage.sync();
            }
            copy();
        }
        delete(original);
        Files.move(damaged, original);
    }

    private void writeFlushed() {
        try (RocksStorage storage = new RocksStorage(original, Profile.SMALL)) {
            for (int i = 0; i < ENTRIES; i++) {
                storage.write(put(i, value(i)));
            }
        }
    }

    private void copyWith(Path file, byte[] content) throws IOException {
        copy();
        Files.write(damaged.resolve(file.getFileName()), content);
    }

    private void copy() throws IOException {
        delete(damaged);
        Files.createDirectory(damaged);
        for (Path file : list(original)) {
            if (!file.endsWith("LOCK")) {
                Files.copy(file, damaged.resolve(file.getFileName()));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            for (Path file : list(directory)) {
                Files.delete(file);
            }
            Files.delete(directory);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static Path only(Path directory, String suffix) throws IOException {
        return list(directory).stream()
                .filter(file -> file.toString().endsWith(suffix))
                .reduce((a, b) -> {
                    throw new AssertionError("two files " + suffix);
                })
                .orElseThrow();
    }

    private static Path file(Path directory, String prefix) throws IOException {
        return list(directory).stream()
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    /** Where each batch begins: its first record, and not the rest of one that crosses a block. */
    private static List<Integer> recordStarts(byte[] log) {
        List<Integer> starts = new ArrayList<>();
        int position = 0;
        while (position + 7 <= log.length) {
            if ((32 << 10) - position % (32 << 10) < 7) {
                position = (position / (32 << 10) + 1) * (32 << 10);
                continue;
            }
            if (log[position + 6] <= 2) {
                starts.add(position);
            }
            position += 7 + (log[position + 4] & 0xff) + ((log[position + 5] & 0xff) << 8);
        }
        return starts;
    }

    private static byte[] flipped(byte[] content, int bit) {
        byte[] changed = content.clone();
        changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return changed;
    }

    private static Batch put(int number, byte[] value) {
        Batch batch = new Batch();
        batch.put(key(number), value);
        return batch;
    }

    private static byte[] key(int number) {
        return ("key" + number).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] value(int number) {
        byte[] value = new byte[200];
        new Random(number).nextBytes(value);
        return ByteBuffer.wrap(value).putInt(number).array();
    }
}
