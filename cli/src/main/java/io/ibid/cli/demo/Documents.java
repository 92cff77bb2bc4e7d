package io.ibid.cli.demo;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The real documents that the demo syncs: which browser has which feature of the web since when (origin and licence beside the file). */
final class Documents {
    static final String COLLECTION = "features";

    private static final String RESOURCE = "web-features.jsonl.gz";

    private Documents() {}

    static List<Value> read() {
        try (InputStream file = Documents.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new AssertionError(RESOURCE + " is not in the jar");
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
                return lines.lines().map(Json::parse).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
