package io.ibid.cli.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server in a process of its own does with input that it must refuse, while a peer is connected to it. */
class BadInputTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private static Path folder;

    private static Pair pair;

    @BeforeAll
    static void start() throws IOException {
        pair = new Pair(folder);
    }

    @AfterAll
    static void end() {
        pair.close();
    }

    /** Whatever it was: both processes live, their data flows, and their session is the same as before. */
    @AfterEach
    void everybody_lives_on() throws Exception {
        pair.proveLife();
    }

    @Test
    void a_body_that_is_no_json_is_refused_with_the_place() throws Exception {
        Endpoint.Reply cut =
                pair.server().http().post("{\"statement\": \"SELECT * FROM things\",\n \"args\": {\"a\": tru}}");
        assertThat(cut.status()).isEqualTo(400);
        assertThat(cut.error()).contains("line 2").contains("column");
        for (String body :
                List.of("", "{", "[1, 2", "\"text\"", "{\"statement\": 5}", "{\"args\": {}}", "[".repeat(100_000))) {
            Endpoint.Reply reply = pair.server().http().post(body);
            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.error()).as(body).isNotEmpty();
        }
        HttpResponse<String> notUtf8 = Endpoint.client()
                .send(
                        pair.server()
                                .http()
                                .request()
                                .POST(BodyPublishers.ofByteArray(HexFormat.of().parseHex("7b22c3287d")))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(notUtf8.statusCode()).isEqualTo(400);
    }

    @Test
    void a_broken_statement_is_refused_with_its_line_and_column() throws Exception {
        Endpoint.Reply reply = pair.server().http().execute("SELECT *\nFROM things WHERE ,", Value.Struct.EMPTY);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains("line 2, column 19").endsWith("^");
    }

    @Test
    void a_document_over_5_mib_is_refused_by_its_name_and_nothing_of_its_transaction_stays() throws Exception {
        Value documents =
                Json.parse("[{\"_id\": \"small\"}, {\"_id\": \"giant\", \"text\": \"" + "x".repeat(5 * MIB) + "\"}]");
        Value.Struct arguments =
                Value.Struct.builder().put("documents", documents).build();
        Endpoint.Reply reply = pair.server().http().execute("INSERT INTO things DOCUMENTS (:documents)", arguments);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains("giant").contains(String.valueOf(5 * MIB));
        assertThat(pair.server()
                        .http()
                        .require("SELECT * FROM things WHERE _id IN ('small', 'giant')")
                        .items())
                .isEmpty();
    }

    @Test
    void a_body_over_16_mib_is_refused_with_the_limit() throws Exception {
        Endpoint.Reply reply = pair.server().http().post("\"" + "x".repeat(17 * MIB) + "\"");
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.error()).contains("16 MiB");
    }

    @Test
    void garbage_on_the_peer_port_is_cut_off_and_named_in_the_log() throws Exception {
        byte[] noise = new byte[64 * 1024];
        new SplittableRandom(1).nextBytes(noise);
        List<String> garbage = List.of(
                "474554202f20485454502f312e310d0a0d0a", // an HTTP request
                "ffffffff", // a frame of 4 GiB
                "00000000", // a frame of nothing
                "00000008" + "0010" + "0102030405ff", // a first message that is no HELLO
                "0000000a" + "0011" + "ffffffff07010203", // an LZ4 frame that claims to expand to 2 GiB
                "00010000" + HexFormat.of().formatHex(noise)); // a frame full of noise
        for (String hex : garbage) {
            try (Socket socket = connect()) {
                socket.setSoTimeout(8_000);
                socket.getOutputStream().write(HexFormat.of().parseHex(hex));
                readToTheEnd(socket);
                pair.server().awaitLog("127.0.0.1:" + socket.getLocalPort());
            }
        }
    }

    private static Socket connect() throws IOException {
        String address = pair.server().peerAddress();
        int colon = address.lastIndexOf(':');
        return new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    /** The other side may say why; then it must close. */
    private static void readToTheEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            while (in.read() >= 0) {
                // its HELLO and its ERROR
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void a_peer_of_another_database_is_turned_away_and_told_so_and_gets_nothing() throws Exception {
        pair.server().http().require("INSERT INTO things DOCUMENTS ({'_id': 'secret'}) ON ID CONFLICT DO NOTHING");
        try (Child stranger = Child.start(
                "stranger",
                folder,
                "peer",
                "--database",
                "elsewhere",
                "--data",
                folder.resolve("stranger").toString(),
                "--http",
                "127.0.0.1:0",
                "--listen",
                "127.0.0.1:0",
                "--connect",
                pair.server().peerAddress(),
                "--subscribe",
                "SELECT * FROM things",
                "--api-key",
                Child.API_KEY)) {
            stranger.http().require("INSERT INTO things DOCUMENTS ({'_id': 'smuggled'})");
            stranger.awaitLog("\"elsewhere\"");
            assertThat(stranger.log()).contains("\"demo\"");
            pair.server().awaitLog("\"elsewhere\"");
            assertThat(stranger.http().require("SELECT * FROM things").items()).hasSize(1);
            assertThat(pair.server()
                            .http()
                            .require("SELECT * FROM things WHERE _id = 'smuggled'")
                            .items())
                    .isEmpty();
        }
    }

    @Test
    void a_second_process_on_the_folder_is_told_who_has_it() throws Exception {
        Child.Ended second = Child.run(
                folder,
                "serve",
                "--data",
                pair.serverData().toString(),
                "--http",
                "127.0.0.1:0",
                "--peer",
                "127.0.0.1:0");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.out()).isEmpty();
        assertThat(second.err())
                .startsWith("error: ")
                .contains(pair.serverData().resolve("demo").toString())
                .contains("process " + pair.server().pid());
    }

    @Test
    void a_port_in_use_is_named_be_it_for_http_or_for_peers() throws Exception {
        String data = Files.createTempDirectory(folder, "other").toString();
        String http = "127.0.0.1:" + pair.server().http().port();
        Child.Ended ended = Child.run(folder, "serve", "--data", data, "--http", http, "--peer", "127.0.0.1:0");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).startsWith("error: ").contains(http).contains("in use");
        String peer = pair.server().peerAddress();
        ended = Child.run(folder, "serve", "--data", data, "--http", "127.0.0.1:0", "--peer", peer);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).startsWith("error: ").contains(peer).contains("in use");
        assertThat(ended.out()).isEmpty();
    }
}
