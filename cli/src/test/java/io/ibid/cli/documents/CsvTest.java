package io.ibid.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
    @TempDir
    private Path folder;

    private static List<String> read(byte[] bytes, boolean types) {
        List<String> documents = new ArrayList<>();
        try (CsvFile file = CsvFile.of("f.csv", bytes.length, new ByteArrayInputStream(bytes), ',', types)) {
            Value.Struct document;
            while ((document = file.next()) != null) {
                documents.add(Json.write(document));
            }
            assertThat(file.position()).isEqualTo(bytes.length);
        }
        return documents;
    }

    private static List<String> read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void the_first_row_names_the_fields_and_each_other_is_a_document() {
        assertThat(read("_id,color\r\n1,red\r\n2,blue\r\n"))
                .containsExactly("{\"_id\":\"1\",\"color\":\"red\"}", "{\"_id\":\"2\",\"color\":\"blue\"}");
        assertThat(read("\uFEFFa\nx\n\ny")).containsExactly("{\"a\":\"x\"}", "{\"a\":\"y\"}");
        assertThat(read("a,b\n")).isEmpty();
    }

    @Test
    void quotes_hold_separators_lines_and_quotes() {
        assertThat(read("\"a,b\",c\n\"x\"\"y\",\"1\n2\"\n")).containsExactly("{\"a,b\":\"x\\\"y\",\"c\":\"1\\n2\"}");
    }

    @Test
    void an_empty_cell_leaves_the_field_out_and_two_quotes_are_an_empty_text() {
        assertThat(read("a,b,c\n,\"\",z\n")).containsExactly("{\"b\":\"\",\"c\":\"z\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|7",
                "-7|-7",
                "0|0",
                "1.50|1.5",
                "1e3|1000.0",
                "true|true",
                "false|false",
                "007|\"007\"",
                "+7|\"+7\"",
                "1.|\"1.\"",
                ".5|\".5\"",
                "1,5|\"1,5\"",
                "TRUE|\"TRUE\"",
                "null|\"null\"",
                "NaN|\"NaN\"",
                "1e999|\"1e999\"",
                "123456789012345678|123456789012345678",
                "2022-09-17|\"2022-09-17\"",
                "red|\"red\""
            })
    void types_are_guessed_for_numbers_and_booleans_as_json_writes_them(String cell, String value) {
        byte[] table = ("a;b\n" + cell + ";x\n").getBytes(StandardCharsets.UTF_8);
        try (CsvFile file = CsvFile.of("f", table.length, new ByteArrayInputStream(table), ';', true)) {
            Value.Struct document = file.next();
            assertThat(document).isNotNull();
            assertThat(Json.write(document.get("a"))).isEqualTo(value);
        }
    }

    @Test
    void a_quoted_number_is_a_text_also_with_types() {
        assertThat(read("a,b\n\"7\",7\n".getBytes(StandardCharsets.UTF_8), true))
                .containsExactly("{\"a\":\"7\",\"b\":7}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b~1,2~3~4,5|f.csv, line 3: here is 1 cell, but the header names 2",
                "a,b~1,2,3|f.csv, line 2: here are 3 cells, but the header names 2",
                "a~'1~2~3'~'4|f.csv, line 5: Unclosed quoted field",
                "a,b~1,2~'x'y,3|f.csv, line 3: ",
                "a,b,a~1,2,3|f.csv, line 1: the header names a twice",
                "a,,b~1,2,3|f.csv, line 1: column 2 of the header has no name",
                "''|f.csv is empty; its first line has to name the fields"
            })
    void what_is_no_table_is_told_with_its_line(String text, String message) {
        String table = text.replace('~', '\n').replace('\'', '"');
        assertThatThrownBy(() -> read(table.equals("\"\"") ? "" : table))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(message);
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        assertThatThrownBy(() -> read(new byte[] {'a', '\n', (byte) 0xFC, '\n'}, false))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("this is no UTF-8");
    }

    private String table(List<String> documents) throws IOException {
        StringWriter out = new StringWriter();
        try (CsvTable table = new CsvTable(folder.resolve("waiting"))) {
            for (String document : documents) {
                table.add((Value.Struct) Json.parse(document.getBytes(StandardCharsets.UTF_8)));
            }
            table.write(out);
        }
        assertThat(Files.exists(folder.resolve("waiting"))).isFalse();
        return out.toString();
    }

    @Test
    void a_table_has_a_column_for_each_field_of_some_document() throws IOException {
        assertThat(table(List.of(
                        "{\"_id\":1,\"b\":\"x,\\\"y\\\"\",\"a\":{\"c\":[1,null]}}",
                        "{\"_id\":\"2\",\"d\":true,\"b\":\"\",\"a\":null}",
                        "{\"_id\":{\"k\":1.5},\"b\":\"line\\nbreak\"}")))
                .isEqualTo("_id,a,b,d\r\n"
                        + "1,\"{\"\"c\"\":[1,null]}\",\"x,\"\"y\"\"\",\r\n"
                        + "\"2\",,\"\",true\r\n"
                        + "\"{\"\"k\"\":1.5}\",,\"line\nbreak\",\r\n");
        assertThat(table(List.of())).isEmpty();
    }

    @Test
    void flat_documents_come_back_as_they_were() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            List<String> documents = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(6); i++) {
                Value.Struct.Builder document = Value.Struct.builder().put("_id", Value.of(i));
                for (String name : List.of("a", "b c", "d,\"e\"", "é\n")) {
                    if (random.nextInt(3) > 0) {
                        document.put(name, value(random));
                    }
                }
                documents.add(Json.write(document.build()));
            }
            String table = table(documents);
            assertThat(read(table.getBytes(StandardCharsets.UTF_8), true))
                    .as(table)
                    .isEqualTo(documents);
        }
    }

    private static Value value(Random random) {
        List<Value> values = List.of(
                Value.of(random.nextInt(100) - 50),
                Value.of(random.nextLong()),
                Value.of(random.nextGaussian()),
                Value.of(1e300 * random.nextDouble()),
                Value.TRUE,
                Value.of(""),
                Value.of(" "),
                Value.of("7"),
                Value.of("true"),
                Value.of("-1.5e3"),
                Value.of("\""),
                Value.of("a,b;c\td"),
                Value.of("line\r\nbreak\n"),
                Value.of("größe \ud83d\ude00"));
        return values.get(random.nextInt(values.size()));
    }
}
