package io.ibid.cli.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.OpenDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a disk, or somebody, has changed: what is damaged is named, and what is not damaged is served. */
class DamageTest {
    private static final int DOCUMENTS = 40;
    private static final String NEEDLE = "needle-in-the-haystack";

    @TempDir
    private Path folder;

    @Test
    void a_flipped_bit_in_a_table_file_is_named_by_check_and_by_whoever_reads_it_and_the_rest_is_served()
            throws Exception {
        Path data = folder.resolve("data");
        try (OpenDatabase database = OpenDatabase.open(DatabaseOptions.server(data.resolve("demo"), "demo"))) {
            fill(database, "damaged");
            fill(database, "things");
        }
        assertThat(check(data).code()).isZero();
        Path table = StoreFiles.tables(data).getFirst();
        StoreFiles.flipBit(table, NEEDLE + "-damaged");

        Child.Ended check = check(data);
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out() + check.err()).contains(table.getFileName().toString());
        try (Child server = serve(data)) {
            Endpoint.Reply reply = server.http().execute("SELECT * FROM damaged", Value.Struct.EMPTY);
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.error())
                    .contains("damaged")
                    .contains(table.getFileName().toString());
            assertThat(server.http().require("SELECT * FROM things").items()).hasSize(DOCUMENTS);
            takesWritesOrSaysWhyNot(server, table);
            Endpoint.Reply update = server.http().execute("UPDATE damaged SET seen = true", Value.Struct.EMPTY);
            assertThat(update.status()).isEqualTo(500);
            assertThat(update.error()).contains(table.getFileName().toString());
            peersGetWhatIsWhole(server, table);
            assertThat(server.isAlive()).isTrue();
        }
    }

    /** Also to a partner that asks for what is damaged as well, and is told so. */
    private void peersGetWhatIsWhole(Child server, Path table) throws Exception {
        try (Child modest = peer("modest", server, "things");
                Child greedy = peer("greedy", server, "damaged")) {
            awaitThings(modest);
            server.awaitLog("cannot be served: cannot read the store");
            assertThat(lastError(greedy)).contains("cannot read its own store");
            assertThat(greedy.http().require("SELECT * FROM damaged").items()).isEmpty();
            takesWritesOrSaysWhyNot(server, table);
            assertThat(things(server)).isGreaterThanOrEqualTo(DOCUMENTS);
            assertThat(things(modest)).isGreaterThanOrEqualTo(DOCUMENTS);
        }
    }

    private static String lastError(Child child) throws Exception {
        String peers = "";
        for (int i = 0; i < 500 && !peers.contains("cannot"); i++) {
            Thread.sleep(10);
            peers = child.http()
                    .require("SELECT last_error FROM system:sync_peers")
                    .body();
        }
        return peers;
    }

    /** The storage stops all writes when it comes upon the damage while it rewrites its files. */
    private static void takesWritesOrSaysWhyNot(Child server, Path table) throws Exception {
        Endpoint.Reply insert =
                server.http().execute("INSERT INTO things DOCUMENTS ({'new': true})", Value.Struct.EMPTY);
        if (insert.status() != 200) {
            assertThat(insert.error()).contains(table.getFileName().toString());
        }
    }

    private static void awaitThings(Child child) throws Exception {
        for (int i = 0; i < 1000 && things(child) < DOCUMENTS; i++) {
            Thread.sleep(10);
        }
        assertThat(things(child)).as(child.log()).isGreaterThanOrEqualTo(DOCUMENTS);
    }

    private static int things(Child child) throws Exception {
        return child.http().require("SELECT * FROM things").items().size();
    }

    private Child peer(String name, Child server, String collection) throws Exception {
        return Child.start(
                name,
                folder,
                "peer",
                "--data",
                folder.resolve(name).toString(),
                "--http",
                "127.0.0.1:0",
                "--connect",
                server.peerAddress(),
                "--subscribe",
                "SELECT * FROM " + collection,
                "--api-key",
                Child.API_KEY);
    }

    @Test
    void a_flipped_bit_in_the_log_is_named_by_check_and_by_serve_and_nothing_behind_it_is_dropped_in_silence()
            throws Exception {
        Path data = folder.resolve("data");
        try (Child server = serve(data)) {
            for (int i = 0; i < DOCUMENTS; i++) {
                server.http()
                        .require("INSERT INTO things DOCUMENTS ({'_id': " + i + ", 'text': '" + NEEDLE + i + ".'})");
            }
            server.kill();
        }
        assertThat(StoreFiles.logBytes(data))
                .as("a killed process leaves its log")
                .isPositive();
        Path log = StoreFiles.logs(data).getLast();
        StoreFiles.flipBit(log, NEEDLE + "20.");

        Child.Ended check = check(data);
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out() + check.err()).contains(log.getFileName().toString());
        Child.Ended serve =
                Child.run(folder, "serve", "--data", data.toString(), "--http", "127.0.0.1:0", "--peer", "127.0.0.1:0");
        assertThat(serve.code()).isEqualTo(1);
        assertThat(serve.out()).isEmpty();
        assertThat(serve.err()).startsWith("error: ").contains(log.getFileName().toString());
    }

    @Test
    void a_folder_of_an_unknown_format_is_refused_by_every_command_and_left_as_it_is() throws Exception {
        Path data = folder.resolve("data");
        OpenDatabase.open(DatabaseOptions.server(data.resolve("demo"), "demo")).close();
        Path marker = data.resolve("demo/ibid_format");
        Files.writeString(marker, "ibid directory 99\ndemo\n");
        for (String[] command : new String[][] {
            {"serve", "--data", data.toString(), "--http", "127.0.0.1:0", "--peer", "127.0.0.1:0"},
            {"check", "--data", data.toString()}
        }) {
            Child.Ended ended = Child.run(folder, command);
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err())
                    .startsWith("error: ")
                    .contains(data.resolve("demo").toString())
                    .contains("ibid directory 99")
                    .contains("ibid directory 1");
        }
        assertThat(marker).hasContent("ibid directory 99\ndemo\n");
    }

    private static void fill(OpenDatabase database, String collection) {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < DOCUMENTS; i++) {
            // Noise does not compress, so its characters stand in the file as they are.
            String noise = random.ints(2_000, 'A', 'z' + 1)
                    .filter(Character::isLetter)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String text = i == DOCUMENTS / 2 ? noise + NEEDLE + "-" + collection + noise : noise;
            Value.Struct arguments = Value.Struct.builder()
                    .put("id", Value.of((long) i))
                    .put("text", Value.of(text))
                    .build();
            database.execute(
                            "INSERT INTO " + collection + " DOCUMENTS ({'_id': :id, 'text': :text})",
                            arguments,
                            ExecuteOptions.FLEXIBLE)
                    .close();
        }
    }

    private Child serve(Path data) throws Exception {
        return Child.start(
                "server",
                folder,
                "serve",
                "--data",
                data.toString(),
                "--http",
                "127.0.0.1:0",
                "--peer",
                "127.0.0.1:0",
                "--api-key",
                Child.API_KEY);
    }

    private Child.Ended check(Path data) throws Exception {
        return Child.run(folder, "check", "--data", data.toString());
    }
}
