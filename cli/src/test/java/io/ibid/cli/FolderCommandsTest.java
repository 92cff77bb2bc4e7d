package io.ibid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a folder of this machine. */
class FolderCommandsTest {
    private record Ended(int code, String out, String err) {}

    @TempDir
    private Path folder;

    private Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }

    private static Ended ended(int code, String out, String err) {
        return new Ended(code, out, err);
    }

    @Test
    void what_one_command_writes_the_next_one_reads() {
        assertThat(run("dql", "INSERT INTO cars DOCUMENTS ({'_id':'1','color':'red'})"))
                .isEqualTo(ended(0, "1 document written: \"1\" (commit 1)\n", ""));
        assertThat(run("dql", "--format", "json", "SELECT * FROM cars"))
                .isEqualTo(ended(0, "{\"_id\":\"1\",\"color\":\"red\"}\n", ""));
    }

    @Test
    void databases_of_a_folder_are_separate() {
        run("dql", "INSERT INTO cars DOCUMENTS ({'_id':'1'})", "--database", "one");
        assertThat(run("dql", "--format", "json", "SELECT * FROM cars", "--database", "two"))
                .isEqualTo(ended(0, "", ""));
        assertThat(folder.resolve("data").resolve("one")).isDirectory();
    }

    @Test
    void a_broken_statement_shows_its_place() {
        Ended ended = run("dql", "SELECT *, FROM cars");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .startsWith("error: ")
                .contains("line 1, column 11")
                .endsWith("          ^\n");
    }

    @Test
    void an_export_holds_what_was_imported() throws IOException {
        Path cars = folder.resolve("cars.jsonl");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1100; i++) {
            lines.append("{\"_id\":").append(i).append(",\"big\":9007199254740993,\"deep\":{\"a\":[1.0,null]}}\n");
        }
        Files.writeString(cars, lines);
        assertThat(run("import", cars.toString(), "--collection", "cars").out())
                .startsWith("imported 1,100 documents into cars");
        Path copy = folder.resolve("copy.jsonl");
        assertThat(run("export", copy.toString(), "--collection", "cars").code())
                .isZero();
        assertThat(Files.readAllLines(copy)).containsExactlyInAnyOrderElementsOf(Files.readAllLines(cars));
    }

    @Test
    void a_table_is_imported_and_exported() throws IOException {
        Path cars = folder.resolve("cars.csv");
        Files.writeString(cars, "_id,color,year\n1,red,1999\n2,\"a \"\"blue\"\" one\",\n");
        assertThat(run("import", cars.toString(), "--types", "--collection", "cars")
                        .out())
                .startsWith("imported 2 documents into cars");
        String table = "_id,color,year\r\n1,red,1999\r\n2,\"a \"\"blue\"\" one\",\r\n";
        assertThat(run("export", "-", "--format", "csv", "--collection", "cars").out())
                .isEqualTo(table);
        Path copy = folder.resolve("copy.csv");
        assertThat(run("export", copy.toString(), "--collection", "cars").code())
                .isZero();
        assertThat(copy).hasContent(table);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().contains("partial")))
                    .isEmpty();
        }
        Files.writeString(cars, "_id,color\n3,red\n4\n");
        Ended ended = run("import", cars.toString(), "--collection", "cars");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .contains("cars.csv, line 3: here is 1 cell, but the header names 2", "Nothing was imported.");
    }

    @Test
    void a_second_import_names_what_exists_unless_told_to_skip_it() throws IOException {
        Path cars = folder.resolve("cars.json");
        Files.writeString(cars, "[{\"_id\":1},\n{\"_id\":2}]");
        assertThat(run("import", cars.toString(), "--collection", "cars").code())
                .isZero();
        Ended again = run("import", cars.toString(), "--collection", "cars");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).startsWith("error: cars.json, the 2 documents from line 1 on: ");
        Ended skipped = run("import", cars.toString(), "--collection", "cars", "--on-conflict", "nothing");
        assertThat(skipped.code()).isZero();
        assertThat(skipped.out()).startsWith("imported 0 documents into cars, 2 existed already");
    }

    @Test
    void a_line_that_is_no_json_is_named_and_the_batches_before_it_stay() throws IOException {
        Path cars = folder.resolve("cars.jsonl");
        Files.writeString(cars, "{\"_id\":1}\n{\"_id\":2\n");
        Ended ended = run("import", cars.toString(), "--collection", "cars");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).startsWith("error: cars.jsonl, line 2: Not JSON");
    }

    @Test
    void a_folder_without_a_database_is_not_made_by_a_reader() {
        for (String command : List.of("check", "status")) {
            Ended ended = run(command);
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err()).startsWith("error: there is no database demo in ");
        }
        assertThat(run("export", "x.json", "--collection", "c").code()).isEqualTo(1);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void a_database_id_cannot_leave_the_folder() {
        assertThat(run("dql", "SELECT * FROM c", "--database", "../x").code()).isEqualTo(2);
    }

    @Test
    void the_status_of_a_folder_shows_what_is_stored() {
        run("dql", "INSERT INTO cars DOCUMENTS ({'_id':'1','color':'red'})");
        Ended ended = run("status");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("1 collection\n", "0 peers\n", "0 subscriptions\n", " on disk\n");
        assertThat(run("status", "--format", "json").out())
                .contains("\"collections\":[{\"documents\":1,\"name\":\"cars\"}]");
    }

    @Test
    void a_whole_database_passes_the_check() {
        run("dql", "INSERT INTO cars DOCUMENTS ({'_id':'1','color':'red'})");
        Ended ended = run("check");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).endsWith(" is whole\n");
    }

    @Test
    void a_flipped_bit_is_found() throws IOException {
        run("dql", "INSERT INTO cars DOCUMENTS ({'color':'" + "red".repeat(500) + "'})");
        Path table;
        try (Stream<Path> files = Files.list(folder.resolve("data/demo/ditto_store"))) {
            table = files.filter(file -> file.toString().endsWith(".sst"))
                    .findFirst()
                    .orElseThrow();
        }
        try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
            file.seek(40);
            int old = file.read();
            file.seek(40);
            file.write(old ^ 0x10);
        }
        Ended ended = run("check");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .startsWith("error: ")
                .contains(folder.resolve("data").toString());
    }
}
