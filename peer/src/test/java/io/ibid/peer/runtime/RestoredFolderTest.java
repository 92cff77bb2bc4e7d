package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.store.Store;
import io.ibid.core.store.StoreId;
import io.ibid.core.store.StoreIdentity;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups that are put back and folders that are copied, with real files: nothing that others have is lost, nothing written is dropped. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RestoredFolderTest {
    private static final String LOOPBACK = "127.0.0.1:0";
    private static final String ALL = "SELECT _id, n FROM c ORDER BY _id";

    @TempDir
    private Path temporary;

    private Path folder() {
        return temporary.resolve("folder");
    }

    private static OpenDatabase open(Path folder) {
        OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(folder, "t"));
        database.subscribe("SELECT * FROM c", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
        return database;
    }

    private static StoreId storeId(Path folder) {
        DatabaseDirectory directory = new DatabaseDirectory(DatabaseOptions.peer(folder, "t"));
        try (Store store = Store.open(
                directory.durable(),
                new StoreIdentity("t", directory.identity().devicePublicKey()),
                new SystemClock(),
                new SecureRandomness(),
                Ablation.NONE)) {
            return store.storeId();
        } finally {
            directory.close();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void execute(OpenDatabase database, String statement) {
        database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE).close();
    }

    private static List<String> rows(OpenDatabase database) {
        try (Execution execution = database.execute(ALL, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return execution.rest().stream().map(row -> Json.write(row.value())).toList();
        }
    }

    private static void await(Supplier<List<String>> actual, String... expected) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!actual.get().equals(List.of(expected)) && System.nanoTime() < deadlineNs) {
            Thread.sleep(10);
        }
        assertThat(actual.get()).containsExactly(expected);
    }

    @Test
    void a_folder_that_is_opened_again_renamed_or_not_stays_the_same_store() throws IOException {
        open(folder()).close();
        StoreId first = storeId(folder());
        open(folder()).close();
        assertThat(storeId(folder())).isEqualTo(first);
        Path renamed = temporary.resolve("renamed");
        Files.move(folder(), renamed);
        open(renamed).close();
        assertThat(storeId(renamed)).isEqualTo(first);
        copy(renamed, folder());
        open(folder()).close();
        assertThat(storeId(folder())).isNotEqualTo(first);
    }

    @Test
    void a_backup_that_is_put_back_and_written_to_loses_nothing_and_nothing_of_it_is_dropped() throws Exception {
        Path backup = temporary.resolve("backup");
        try (OpenDatabase other = open(null)) {
            try (OpenDatabase one = open(folder())) {
                execute(one, "INSERT INTO c DOCUMENTS ({'_id': 'kept', 'n': 1}), ({'_id': 'both', 'n': 1})");
                other.startSync(List.of(LOOPBACK), List.of());
                one.startSync(List.of(), other.listening());
                await(() -> rows(other), "{\"_id\":\"both\",\"n\":1}", "{\"_id\":\"kept\",\"n\":1}");
            }
            copy(folder(), backup);
            try (OpenDatabase one = open(folder())) {
                execute(one, "INSERT INTO c DOCUMENTS ({'_id': 'after the backup', 'n': 2})");
                execute(one, "UPDATE c SET n = 2 WHERE _id = 'both'");
                execute(one, "UPDATE c SET m = 'seen by others' WHERE _id = 'both'");
                one.startSync(List.of(), other.listening());
                await(
                        () -> rows(other),
                        "{\"_id\":\"after the backup\",\"n\":2}",
                        "{\"_id\":\"both\",\"n\":2}",
                        "{\"_id\":\"kept\",\"n\":1}");
            }
            FileTree.delete(folder());
            copy(backup, folder());
            try (OpenDatabase one = open(folder())) {
                assertThat(rows(one)).hasSize(2);
                // Written before anybody could tell it of what it has forgotten; the same number of commits as then.
                execute(one, "UPDATE c SET n = 3 WHERE _id = 'kept'");
                execute(one, "UPDATE c SET k = 'written after' WHERE _id = 'both'");
                execute(one, "INSERT INTO c DOCUMENTS ({'_id': 'new', 'n': 3})");
                one.startSync(List.of(), other.listening());
                for (OpenDatabase database : List.of(one, other)) {
                    await(
                            () -> rows(database),
                            "{\"_id\":\"after the backup\",\"n\":2}",
                            "{\"_id\":\"both\",\"n\":2}",
                            "{\"_id\":\"kept\",\"n\":3}",
                            "{\"_id\":\"new\",\"n\":3}");
                    try (Execution both = database.execute(
                            "SELECT m, k FROM c WHERE _id = 'both'", Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
                        assertThat(Json.write(both.rest().getFirst().value()))
                                .isEqualTo("{\"k\":\"written after\",\"m\":\"seen by others\"}");
                    }
                }
            }
        }
    }

    @Test
    void two_processes_that_meet_with_one_device_key_both_become_other_stores() throws Exception {
        Path copy = temporary.resolve("copy");
        open(folder()).close();
        copy(folder(), copy);
        open(copy).close(); // takes an id of its own already
        StoreId first = storeId(folder());
        StoreId second = storeId(copy);
        try (OpenDatabase one = open(folder());
                OpenDatabase other = open(copy)) {
            one.startSync(List.of(LOOPBACK), List.of());
            other.startSync(List.of(), one.listening());
            Thread.sleep(2_000);
            execute(one, "INSERT INTO c DOCUMENTS ({'_id': 'still writes', 'n': 1})");
        }
        assertThat(List.of(storeId(folder()), storeId(copy)))
                .doesNotContain(first, second)
                .doesNotHaveDuplicates();
    }

    @Test
    void two_copies_that_run_side_by_side_write_as_two() throws Exception {
        Path copy = temporary.resolve("copy");
        try (OpenDatabase one = open(folder())) {
            execute(one, "INSERT INTO c DOCUMENTS ({'_id': 'a', 'n': 0})");
        }
        copy(folder(), copy);
        try (OpenDatabase middle = open(null)) {
            middle.startSync(List.of(LOOPBACK), List.of());
            // One after the other, for a device key has one link to a partner.
            for (Path folder : List.of(folder(), copy)) {
                try (OpenDatabase one = open(folder)) {
                    execute(one, "UPDATE c SET " + (folder.equals(copy) ? "x" : "y") + " = 1, n = n + 1");
                    execute(one, "INSERT INTO c DOCUMENTS ({'_id': '" + folder.getFileName() + "', 'n': 1})");
                    one.startSync(List.of(), middle.listening());
                    await(
                            () -> rows(middle).stream()
                                    .filter(row ->
                                            row.contains(folder.getFileName().toString()))
                                    .toList(),
                            "{\"_id\":\"" + folder.getFileName() + "\",\"n\":1}");
                }
            }
            try (Execution both =
                    middle.execute("SELECT x, y FROM c WHERE _id = 'a'", Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
                assertThat(Json.write(both.rest().getFirst().value())).isEqualTo("{\"x\":1,\"y\":1}");
            }
        }
    }
}
