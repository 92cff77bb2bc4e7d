package io.ibid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that speak HTTP, against a server that only plays one. */
class HttpCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private FakeServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), server.arguments(arguments));
    }

    @Test
    void rows_are_printed_as_a_table() {
        server.body = FakeServer.envelope("select", "{\"name\":\"Zoë\",\"_id\":\"1\"},{\"_id\":\"22\",\"n\":5}", "");
        assertThat(run("dql", "SELECT * FROM c")).isZero();
        assertThat(out.toString()).isEqualTo("""
                _id  n  name
                ───  ─  ────
                1       Zoë
                22   5
                (2 rows)
                """);
    }

    @Test
    void rows_are_printed_as_json_lines() {
        server.body = FakeServer.envelope("select", "{\"_id\":\"1\"},{\"_id\":9007199254740993}", "");
        assertThat(run("dql", "--format", "json", "SELECT * FROM c")).isZero();
        assertThat(out.toString()).isEqualTo("{\"_id\":\"1\"}\n{\"_id\":9007199254740993}\n");
    }

    @Test
    void a_mutation_tells_its_documents_and_its_commit() {
        server.body = FakeServer.envelope("mutation", "", "\"a\",\"b\"");
        assertThat(run("dql", "UPDATE c SET x = :x", "--args", "{\"x\":1}")).isZero();
        assertThat(out.toString()).isEqualTo("2 documents written: \"a\", \"b\" (commit 7)\n");
        assertThat(server.requests).containsExactly((Value.Struct)
                Json.parse("{\"statement\":\"UPDATE c SET x = :x\",\"args\":{\"x\":1}}"));
    }

    @Test
    void a_database_is_named_in_the_path() {
        assertThat(run("dql", "SELECT * FROM c", "--database", "shop")).isZero();
        assertThat(server.paths).containsExactly("/shop/api/v5/store/execute");
    }

    @Test
    void an_error_of_the_server_is_shown_as_it_is() {
        server.status = 400;
        server.body = FakeServer.failure("Expected FROM at line 1, column 8\nSELECT x\n       ^");
        assertThat(run("dql", "SELECT x")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("error: Expected FROM at line 1, column 8\nSELECT x\n       ^\n");
    }

    @Test
    void a_description_of_an_error_is_a_failure_even_with_status_200() {
        server.body = FakeServer.failure("no");
        assertThat(run("dql", "SELECT x")).isEqualTo(1);
    }

    @Test
    void a_proxy_may_answer_in_its_own_words() {
        server.status = 502;
        server.body = "<html>Bad Gateway";
        assertThat(run("dql", "SELECT x")).isEqualTo(1);
        assertThat(err.toString()).contains("502").contains("Bad Gateway");
    }

    @Test
    void a_wrong_key_is_a_failure() {
        int code = Main.run(
                new PrintWriter(out), new PrintWriter(err), "dql", "SELECT 1", "--url", server.url(), "--api-key", "x");
        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).startsWith("error: the server refused the API key");
    }

    @Test
    void nobody_at_the_url_is_a_failure() {
        server.close();
        assertThat(run("dql", "SELECT 1")).isEqualTo(1);
        assertThat(err.toString()).startsWith("error: nobody answers at http://127.0.0.1:");
    }

    @Test
    void arguments_must_be_an_object() {
        assertThat(run("dql", "SELECT 1", "--args", "[1]")).isEqualTo(2);
        assertThat(run("dql", "SELECT 1", "--args", "{")).isEqualTo(2);
        assertThat(err.toString().lines()).allMatch(line -> line.startsWith("error: --args"));
    }

    @Test
    void a_database_must_be_named() {
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), "dql", "SELECT 1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--data").contains("--url");
    }

    @Test
    void import_sends_batches_of_500() throws IOException {
        Path file = folder.resolve("cars.jsonl");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1201; i++) {
            lines.append("{\"_id\":").append(i).append("}\n");
        }
        Files.writeString(file, lines);
        server.body = FakeServer.envelope("mutation", "", "1");
        assertThat(run("import", file.toString(), "--collection", "my `cars`")).isZero();
        assertThat(server.requests).hasSize(3);
        Value.Struct last = server.requests.get(2);
        assertThat(last.get("statement")).isEqualTo(Value.of("INSERT INTO `my ``cars``` DOCUMENTS (:documents)"));
        assertThat(((Value.Array) ((Value.Struct) last.get("args")).get("documents")).elements())
                .hasSize(201);
        assertThat(out.toString()).startsWith("imported 3 documents into my `cars`, 1,198 existed already");
    }

    @Test
    void import_sends_large_documents_in_smaller_batches() throws IOException {
        Path file = folder.resolve("large.json");
        String large = "{\"text\":\"" + "x".repeat(1_500_000) + "\"}";
        Files.writeString(file, "[" + large + "," + large + "," + large + "]");
        assertThat(run("import", file.toString(), "--collection", "c", "--on-conflict", "update"))
                .isZero();
        assertThat(server.requests).hasSize(2);
        assertThat(server.requests.get(0).get("statement"))
                .isEqualTo(Value.of("INSERT INTO `c` DOCUMENTS (:documents) ON ID CONFLICT DO UPDATE"));
    }

    @Test
    void import_names_file_and_line_of_a_refused_batch() throws IOException {
        Path file = folder.resolve("cars.json");
        Files.writeString(file, "[\n{\"_id\":1}]");
        server.status = 400;
        server.body = FakeServer.failure("The document 1 exists already");
        assertThat(run("import", file.toString(), "--collection", "cars")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("""
                error: cars.json, the 1 document from line 2 on: The document 1 exists already
                Nothing was imported.
                """);
    }

    @Test
    void a_missing_file_is_named() {
        assertThat(run("import", folder.resolve("none.json").toString(), "--collection", "c"))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("error: there is no file ").contains("none.json");
    }

    @Test
    void export_writes_an_array_or_lines() throws IOException {
        server.body = FakeServer.envelope("select", "{\"_id\":\"1\"},{\"_id\":\"2\"}", "");
        Path array = folder.resolve("cars.json");
        Path lines = folder.resolve("cars.jsonl");
        assertThat(run("export", array.toString(), "--collection", "cars")).isZero();
        assertThat(run("export", lines.toString(), "--collection", "cars", "--where", "a = 1"))
                .isZero();
        assertThat(array).content().isEqualTo("[\n{\"_id\":\"1\"},\n{\"_id\":\"2\"}\n]\n");
        assertThat(lines).content().isEqualTo("{\"_id\":\"1\"}\n{\"_id\":\"2\"}\n");
        assertThat(server.requests.get(1).get("statement")).isEqualTo(Value.of("SELECT * FROM `cars` WHERE a = 1"));
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void export_does_not_replace_a_file_unless_told_to() throws IOException {
        Path file = folder.resolve("cars.json");
        Files.writeString(file, "mine");
        assertThat(run("export", file.toString(), "--collection", "cars")).isEqualTo(1);
        assertThat(file).content().isEqualTo("mine");
        assertThat(run("export", file.toString(), "--collection", "cars", "--force"))
                .isZero();
        assertThat(file).content().isEqualTo("[]\n");
    }

    @Test
    void export_writes_to_stdout() {
        server.body = FakeServer.envelope("select", "{\"_id\":\"1\"}", "");
        assertThat(run("export", "-", "--collection", "cars")).isZero();
        assertThat(out.toString()).isEqualTo("{\"_id\":\"1\"}\n");
    }
}
