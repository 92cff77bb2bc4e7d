package io.ibid.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The documents that the demo shows are what their origin file says. */
class DemoDataTest {

    @Test
    void it_has_the_bytes_that_its_origin_names_and_a_licence() throws Exception {
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes("web-features.jsonl.gz")));
        assertThat(text("web-features.ORIGIN.md"))
                .contains(sum)
                .contains("@mdn/browser-compat-data")
                .contains("CC0 1.0");
        assertThat(text("web-features.LICENSE")).startsWith("CC0 1.0 Universal");
    }

    @Test
    void it_has_thousands_of_nested_documents_with_ids_that_differ() throws IOException {
        List<Value.Struct> documents;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes("web-features.jsonl.gz")))) {
            documents = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> (Value.Struct) Json.parse(line))
                    .toList();
        }
        assertThat(documents).hasSize(7_990);
        TreeSet<DocumentId> ids = new TreeSet<>();
        for (Value.Struct document : documents) {
            assertThat(ids.add(DocumentId.of(document.get("_id")))).isTrue();
            assertThat(document.get("support")).isInstanceOf(Value.Struct.class);
        }
    }

    private static String text(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = DemoDataTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError(name + " is not on the class path");
            }
            return in.readAllBytes();
        }
    }
}
