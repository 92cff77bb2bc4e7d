package io.ibid.peer.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.StatementOptions;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data folders that earlier versions have left, each with what it answered then: every later version must open them, answer the same, and go on
 * writing and syncing. A folder is never changed; a version with another format adds one, made with {@code -Dibid.corpus.folder=NAME}.
 */
@Timeout(60)
class StoredFoldersTest {
    private static final String DATABASE = "kept";
    private static final String DEFINED = "COLLECTION things (n COUNTER, m PN_COUNTER, map MAP)";

    private static final List<String> QUESTIONS = List.of(
            "SELECT * FROM " + DEFINED + " ORDER BY _id",
            "SELECT * FROM received ORDER BY _id",
            "SELECT _id FROM things WHERE map.b > 1 ORDER BY _id",
            "SELECT name FROM system:collections ORDER BY name",
            "SELECT _id, fields FROM system:indexes ORDER BY _id",
            "SELECT is_ditto_server, documents.synced_up_to_local_commit_id AS acked FROM system:data_sync_info");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"2026-11"})
    void what_an_earlier_version_has_stored_is_there_and_goes_on(String name) throws IOException {
        unzip(name);
        Path data = folder.resolve(DATABASE);
        try (OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(data, DATABASE))) {
            assertThat(answers(database)).isEqualTo(resource(name + ".txt"));
            execute(database, "UPDATE " + DEFINED + " APPLY n INCREMENT BY 5 WHERE _id = 'counted'");
            execute(database, "INSERT INTO things DOCUMENTS ({'_id': 'deleted', 'again': true})");
        }
        try (OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(data, DATABASE));
                OpenDatabase other = OpenDatabase.open(DatabaseOptions.peer(null, DATABASE))) {
            other.subscribe("SELECT * FROM things", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
            database.startSync(List.of("127.0.0.1:0"), List.of());
            other.startSync(List.of(), database.listening());
            String all = "SELECT * FROM " + DEFINED + " ORDER BY _id";
            while (!rows(other, all).equals(rows(database, all))) { // until the test's time is over
                sleep();
            }
            assertThat(rows(other, all)).contains("{\"_id\":\"deleted\",\"again\":true}");
        }
    }

    /** Makes a folder of this version, and what it answers. */
    @Test
    @EnabledIfSystemProperty(named = "ibid.corpus.folder", matches = ".+")
    void a_folder_of_this_version_is_kept() throws IOException {
        Path data = folder.resolve(DATABASE);
        try (OpenDatabase server = OpenDatabase.open(DatabaseOptions.server(folder.resolve("server"), DATABASE));
                OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(data, DATABASE))) {
            database.subscribe("SELECT * FROM received", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
            execute(database, "CREATE INDEX by_b ON things (map.b)");
            execute(
                    database,
                    "INSERT INTO " + DEFINED
                            + " DOCUMENTS ({'_id': 'counted', 'n': 1}), ({'_id': {'a': 1, 'b': 'x'}, 'map': {'b': 2, 'c': null}}),"
                            + " ({'_id': 'texts', 'text': 'grün', 'list': [1, 2.5, 'x', {'y': true}], 'object': {'k': -0.5}})");
            execute(database, "INSERT INTO things INITIAL DOCUMENTS ({'_id': 'initial', 'by': 'everybody'})");
            execute(
                    database,
                    "INSERT INTO things DOCUMENTS ({'_id': 'deleted'}), ({'_id': 'evicted'}), ({'_id': 'unset', 'a': 1, 'b': 2})");
            execute(database, "UPDATE things UNSET a WHERE _id = 'unset'");
            execute(database, "UPDATE " + DEFINED + " APPLY n INCREMENT BY 41 WHERE _id = 'counted'");
            execute(database, "UPDATE " + DEFINED + " APPLY m PN_INCREMENT BY 2 WHERE _id = 'counted'");
            execute(database, "DELETE FROM things WHERE _id = 'deleted'");
            server.startSync(List.of("127.0.0.1:0"), List.of());
            execute(server, "INSERT INTO received DOCUMENTS ({'_id': 'r1', 'from': 'server'}), ({'_id': 'r2'})");
            database.startSync(List.of(), server.listening());
            while (rows(database, "SELECT * FROM received").size() < 2
                    || rows(server, "SELECT * FROM things").size() < 6) {
                sleep();
            }
            execute(server, "UPDATE received SET late = 1 WHERE _id = 'r2'");
            while (rows(database, "SELECT * FROM received WHERE late = 1").isEmpty()) {
                sleep();
            }
            database.stopSync();
            execute(database, "EVICT FROM things WHERE _id = 'evicted'");
        }
        String name = System.getProperty("ibid.corpus.folder");
        Path resources = Path.of("src/test/resources/io/ibid/peer/corpus/folders");
        try (OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(data, DATABASE))) {
            Files.writeString(resources.resolve(name + ".txt"), answers(database));
        }
        zip(data, resources.resolve(name + ".zip"));
    }

    private static String answers(OpenDatabase database) {
        StringBuilder answers = new StringBuilder();
        for (String question : QUESTIONS) {
            answers.append(question).append('\n');
            rows(database, question)
                    .forEach(row -> answers.append("  ").append(row).append('\n'));
        }
        return answers.toString();
    }

    private void zip(Path from, Path to) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(from)) {
            walk.filter(file -> Files.isRegularFile(file)
                            && !file.getFileName().toString().startsWith("LOG"))
                    .forEach(files::add);
        }
        try (OutputStream out = Files.newOutputStream(to);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path file : files) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }

    private void unzip(String name) throws IOException {
        try (InputStream in = StoredFoldersTest.class.getResourceAsStream("folders/" + name + ".zip");
                ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(in))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                assertThat(file.startsWith(folder)).isTrue();
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = StoredFoldersTest.class.getResourceAsStream("folders/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void execute(OpenDatabase database, String statement) {
        database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE).close();
    }

    private static List<String> rows(OpenDatabase database, String statement) {
        try (Execution execution = database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return execution.rest().stream().map(row -> Json.write(row.value())).toList();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
