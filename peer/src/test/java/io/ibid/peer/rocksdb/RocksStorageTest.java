package io.ibid.peer.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.simulation.StorageContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class RocksStorageTest {

    @TempDir
    Path folder;

    private final AtomicInteger stores = new AtomicInteger();

    @TestFactory
    Stream<DynamicTest> the_small_profile_keeps_the_contract() {
        return contract(Profile.SMALL);
    }

    @TestFactory
    Stream<DynamicTest> the_server_profile_keeps_the_contract() {
        return contract(Profile.SERVER);
    }

    private Stream<DynamicTest> contract(Profile profile) {
        return StorageContract.checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.sentence(), () -> {
                    Path directory = folder.resolve("store" + stores.incrementAndGet());
                    check.run(() -> new RocksStorage(directory, profile));
                }));
    }

    @Test
    void a_store_written_with_one_profile_opens_with_the_other() {
        try (RocksStorage storage = new RocksStorage(folder, Profile.SERVER)) {
            storage.write(put("a", 1000));
        }
        try (RocksStorage storage = new RocksStorage(folder, Profile.SMALL);
                Snapshot snapshot = storage.snapshot()) {
            assertThat(snapshot.get("a".getBytes(UTF_8))).hasSize(1000);
        }
    }

    @Test
    void a_clean_close_leaves_no_log_to_replay() throws IOException {
        try (RocksStorage storage = new RocksStorage(folder, Profile.SMALL)) {
            storage.write(put("a", 100_000));
        }
        try (Stream<Path> files = Files.list(folder)) {
            long logBytes = files.filter(file -> file.toString().endsWith(".log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            assertThat(logBytes).isZero();
        }
    }

    @Test
    void a_second_opener_is_told_that_the_store_is_open_elsewhere() {
        try (RocksStorage first = new RocksStorage(folder, Profile.SMALL)) {
            assertThatThrownBy(() -> new RocksStorage(folder, Profile.SMALL))
                    .isInstanceOfSatisfying(
                            IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_DIRECTORY_LOCKED))
                    .hasMessageContaining(folder.toString());
            first.write(put("a", 1));
        }
    }

    @Test
    void a_path_that_is_a_file_is_refused_by_name() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");
        assertThatThrownBy(() -> new RocksStorage(file, Profile.SMALL))
                .isInstanceOf(IbidException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not a directory");
        assertThatThrownBy(() -> new RocksStorage(file.resolve("below"), Profile.SMALL))
                .isInstanceOf(IbidException.class)
                .hasMessageContaining("below");
    }

    @Test
    void a_directory_where_nothing_can_be_created_is_refused_by_name() {
        assertThatThrownBy(() -> new RocksStorage(Path.of("/proc/ibid-store"), Profile.SMALL))
                .isInstanceOfSatisfying(
                        IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_BACKEND))
                .hasMessageContaining("/proc/ibid-store");
    }

    @Test
    void sequential_commits_cause_at_least_as_many_syncs_of_the_log() {
        try (RocksStorage storage = new RocksStorage(folder, Profile.SMALL)) {
            long before = storage.syncs();
            for (int i = 0; i < 500; i++) {
                storage.write(put("key" + i, 100));
                storage.sync();
            }
            assertThat(storage.syncs() - before).isGreaterThanOrEqualTo(500);
        }
    }

    @Test
    void closing_snapshots_under_running_readers_never_crashes() throws InterruptedException {
        try (RocksStorage storage = new RocksStorage(folder, Profile.SMALL)) {
            Batch batch = new Batch();
            for (int i = 0; i < 5_000; i++) {
                batch.put(("key" + i).getBytes(UTF_8), new byte[200]);
            }
            storage.write(batch);
            AtomicReference<Snapshot> shared = new AtomicReference<>(storage.snapshot());
            AtomicReference<Throwable> unexpected = new AtomicReference<>();
            AtomicInteger refused = new AtomicInteger();
            Thread closer = Thread.currentThread();
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                boolean scans = i > 0;
                Thread reader = new Thread(() -> {
                    while (closer.isAlive() && !Thread.currentThread().isInterrupted()) {
                        try {
                            read(shared.get(), scans);
                        } catch (IbidException closed) {
                            refused.incrementAndGet();
                        } catch (Throwable other) {
                            unexpected.set(other);
                            return;
                        }
                    }
                });
                reader.start();
                readers.add(reader);
            }
            for (int i = 0; i < 400; i++) {
                Thread.sleep(1);
                shared.getAndSet(storage.snapshot()).close();
            }
            for (Thread reader : readers) {
                reader.interrupt();
                reader.join();
            }
            shared.get().close();
            assertThat(unexpected.get()).isNull();
            assertThat(refused.get()).isPositive();
        }
    }

    private static void read(Snapshot snapshot, boolean scans) {
        if (!scans) {
            for (int i = 0; i < 100; i++) {
                snapshot.get(("key" + i).getBytes(UTF_8));
            }
            return;
        }
        try (Cursor cursor = snapshot.scan(new byte[0], null, false)) {
            while (cursor.next()) {
                cursor.value();
            }
        }
    }

    private static Batch put(String key, int bytes) {
        Batch batch = new Batch();
        batch.put(key.getBytes(UTF_8), new byte[bytes]);
        return batch;
    }
}
