package io.ibid.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.cli.client.LocalStatementClient;
import io.ibid.cli.client.StatementClient;
import io.ibid.cli.results.OutputFormat;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.OpenDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell between pipes, on a database in memory. */
class ScriptTest {
    private final StatementClient client =
            new LocalStatementClient(OpenDatabase.open(DatabaseOptions.peer(null, "demo")));
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        client.close();
    }

    private int run(OutputFormat format, String input) {
        return Shell.script(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                client,
                format);
    }

    @Test
    void statements_end_with_a_semicolon_an_empty_line_or_the_input() {
        String input = """
                INSERT INTO c DOCUMENTS ({'_id': 1, 'text': 'a;

                b'}); INSERT INTO c DOCUMENTS
                  ({'_id': 2});

                -- how many?
                SELECT COUNT(*) AS n
                FROM c

                SELECT _id FROM c ORDER BY _id""";
        assertThat(run(OutputFormat.JSON, input)).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualTo("""
                {"commitId":1,"mutatedDocumentIds":[1]}
                {"commitId":2,"mutatedDocumentIds":[2]}
                {"n":2}
                {"_id":1}
                {"_id":2}
                """);
    }

    @Test
    void the_first_error_ends_it_with_its_place() {
        String input = "INSERT INTO c DOCUMENTS ({'_id': 1});\n\nSELECT *\nFORM c;\nDELETE FROM c;\n";
        assertThat(run(OutputFormat.TABLE, input)).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("1 document written: 1 (commit 1)\n");
        assertThat(err.toString()).isEqualTo("""
                error: expected end of statement, found FORM, did you mean FROM? (line 2, column 1)
                FORM c;
                ^
                It begins on line 3 of the input.
                """);
    }

    @Test
    void an_unknown_dot_command_is_an_error() {
        assertThat(run(OutputFormat.TABLE, ".dance\n")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("error: there is no command .dance; .help lists them\n");
    }

    @Test
    void quit_ends_it_in_the_middle() {
        assertThat(run(OutputFormat.TABLE, ".quit\nSELECT * FORM c;\n")).isZero();
        assertThat(run(OutputFormat.TABLE, "-- enough\n.exit\nSELECT * FORM c;\n"))
                .isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void parameters_are_set_listed_and_forgotten() {
        String input = """
                .set id "c1"
                .set :car {"_id": "c1", "n": 5}
                INSERT INTO c DOCUMENTS (:car);
                SELECT n FROM c WHERE _id = :id;
                .set
                .unset id
                .unset id
                """;
        assertThat(run(OutputFormat.TABLE, input)).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("""
                1 document written: "c1" (commit 1)
                n
                ─
                5
                (1 row)
                parameter  value
                ─────────  ──────────────────
                :car       {"_id":"c1","n":5}
                :id        "c1"
                """);
        assertThat(err.toString()).startsWith("error: there is no parameter id\n");
    }

    @Test
    void a_file_goes_in_and_comes_out_again() throws IOException {
        Path cars = Files.writeString(folder.resolve("my cars.json"), "[{\"_id\":1},{\"_id\":2,\"a\":{\"b\":true}}]");
        Path copy = folder.resolve("copy.jsonl");
        String input =
                ".import '" + cars + "' cars\n.export " + copy + " cars\n.export - cars\n.export " + copy + " cars\n";
        assertThat(run(OutputFormat.TABLE, input)).isEqualTo(1);
        assertThat(copy).content().isEqualTo("{\"_id\":1}\n{\"_id\":2,\"a\":{\"b\":true}}\n");
        assertThat(out.toString())
                .startsWith("imported 2 documents into cars")
                .contains("exported 2 documents to " + copy)
                .endsWith("{\"_id\":1}\n{\"_id\":2,\"a\":{\"b\":true}}\n");
        assertThat(err.toString()).startsWith("error: " + copy + " exists");
    }

    @Test
    void what_there_is_can_be_looked_over() {
        String input = """
                INSERT INTO cars DOCUMENTS ({'_id': 1, 'kw': 90}), ({'_id': 2, 'kw': 'many', 'tags': []});
                .collections
                .fields cars
                .fields trains
                """;
        assertThat(run(OutputFormat.TABLE, input)).as(err.toString()).isZero();
        assertThat(out.toString().lines().skip(1)).containsExactly("""
                collection  documents
                ──────────  ─────────
                cars                2
                (1 collection)
                field  types            in
                ─────  ───────────────  ─────
                _id    integer          100 %
                kw     integer, string  100 %
                tags   array            50 %
                (3 fields)
                seen in 2 documents
                (0 fields)
                there are no documents in trains""".split("\n"));
    }

    @Test
    void only_a_query_is_watched_and_nothing_is_written_to_find_out() {
        assertThat(run(OutputFormat.TABLE, ".watch INSERT INTO c DOCUMENTS ({'_id': 1})\n"))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualTo("error: only a SELECT can be watched\n");
        assertThat(run(OutputFormat.JSON, "SELECT COUNT(*) AS n FROM c")).isZero();
        assertThat(out.toString()).isEqualTo("{\"n\":0}\n");
    }

    @Test
    void warnings_stand_apart_from_rows() {
        assertThat(run(OutputFormat.JSON, "SELECT * FROM c USE IDS 1.5"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("warning: ");
    }

    @Test
    void help_names_every_command() {
        assertThat(run(OutputFormat.TABLE, ".help")).isZero();
        new DotCommands().all().forEach(dot -> assertThat(out.toString()).contains(dot.name()));
    }
}
