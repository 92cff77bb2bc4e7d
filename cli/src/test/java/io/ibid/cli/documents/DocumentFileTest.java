package io.ibid.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.cli.json.JsonPieces;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentFileTest {
    private static List<String> read(String text, boolean byLine) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> documents = new ArrayList<>();
        try (DocumentFile file = DocumentFile.of("f", bytes.length, new ByteArrayInputStream(bytes), byLine)) {
            Value.Struct document;
            while ((document = file.next()) != null) {
                documents.add(Json.write(document));
            }
            assertThat(file.position()).isGreaterThanOrEqualTo(bytes.length - 1);
        }
        return documents;
    }

    private static void assertBroken(String text, boolean byLine, String message) {
        assertThatThrownBy(() -> read(text, byLine))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(message);
    }

    @Test
    void an_array_holds_documents() throws IOException {
        assertThat(read("[{\"a\":\"]}\\\"{\"},\n {\"b\":[{}]}\n]\n", false))
                .containsExactly("{\"a\":\"]}\\\"{\"}", "{\"b\":[{}]}");
    }

    @Test
    void an_array_may_be_empty() throws IOException {
        assertThat(read(" [ ] ", false)).isEmpty();
    }

    @Test
    void documents_may_follow_one_another() throws IOException {
        assertThat(read("\uFEFF{\"a\":1}\n\n{\n\"b\":2\n} {\"c\":3}", false))
                .containsExactly("{\"a\":1}", "{\"b\":2}", "{\"c\":3}");
    }

    @Test
    void lines_stand_for_themselves() throws IOException {
        assertThat(read("{\"a\":1}\r\n\n  {\"b\":2}\n", true)).containsExactly("{\"a\":1}", "{\"b\":2}");
    }

    @Test
    void an_empty_file_has_no_documents() throws IOException {
        assertThat(read("", false)).isEmpty();
        assertThat(read("\n", true)).isEmpty();
    }

    @Test
    void what_is_wrong_is_told_with_its_line() {
        assertBroken("{\"a\":1}\n{\"b\":\n{\"c\":3}\n", true, "f, line 2: ");
        assertBroken("[{\"a\":1},\n{\"a\" 1}]", false, "f, line 2: Not JSON");
        assertBroken("{\"a\":1}\n{\n\"a\":\n!}", false, "f, line 4: Not JSON");
        assertBroken("[{\"a\":1}\n{\"a\":1}]", false, "f, line 2: expected , or ]");
        assertBroken("[{\"a\":1}\n", false, "the array does not end");
        assertBroken("[{\"a\":1},\n", false, "the array does not end");
        assertBroken("[]\nx", false, "f, line 2: there is something after the end");
        assertBroken("\n{\"a\":\"", false, "f, line 2: the string that begins here does not end");
        assertBroken("\n{\"a\":1", false, "f, line 2: the value that begins here does not end");
    }

    @Test
    void documents_are_objects() {
        assertBroken("[1]", false, "f, line 1: a document must be a JSON object, but here is a number");
        assertBroken("[{},\ntrue]", false, "f, line 2: a document must be a JSON object, but here is true");
        assertBroken("\"a\"", false, "a string");
        assertBroken("[1]", true, "an array");
        assertBroken("}", false, "f, line 1: Not JSON");
    }

    @Test
    void a_document_without_end_does_not_fill_the_memory() {
        assertBroken("{\"a\":\"" + "x".repeat(JsonPieces.PIECE_BYTES_MAX), false, "larger than 16 MiB");
    }

    @Test
    void types_are_guessed_in_tables_only() {
        assertThatThrownBy(() -> DocumentSource.open(Path.of("cars.json"), true))
                .hasMessageContaining("--types is for CSV");
        assertThatThrownBy(() -> DocumentSource.open(Path.of("cars.csv"), true))
                .hasMessage("there is no file cars.csv");
    }
}
