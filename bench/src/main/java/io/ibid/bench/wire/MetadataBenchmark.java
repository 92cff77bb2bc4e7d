package io.ibid.bench.wire;

import io.ibid.bench.Benchmark;
import io.ibid.bench.Better;
import io.ibid.bench.Measurement;
import io.ibid.bench.Settings;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.OpenDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Documents of 500 bytes of JSON, most of it noise that nothing compresses, in ten fields: what a closed database takes on the disk for
 * each. The reference is the JSON.
 */
record MetadataBenchmark(String name, int documents) implements Benchmark {
    private static final int FIELDS = 9;
    private static final int NOISE_BYTES = 30;
    private static final int BATCH = 500;
    private static final double RATIO_MAX = 1.35;

    @Override
    public List<Measurement> run(Settings settings) throws IOException {
        Random random = new Random(5);
        long jsonBytes = 0;
        Path folder = settings.folder().resolve("database");
        try (OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(folder, "metadata"))) {
            for (int from = 0; from < documents; from += BATCH) {
                List<Value> batch = new ArrayList<>();
                for (int i = from; i < from + BATCH; i++) {
                    Value document = document(i, random);
                    jsonBytes += Json.write(document).length();
                    batch.add(document);
                }
                Value.Struct arguments = Value.Struct.builder()
                        .put("documents", new Value.Array(batch))
                        .build();
                Peers.execute(database, "INSERT INTO c DOCUMENTS (:documents)", arguments);
            }
        }
        // What waits in the log is written into tables when it is opened and closed again.
        OpenDatabase.open(DatabaseOptions.peer(folder, "metadata")).close();
        double json = (double) jsonBytes / documents;
        double ours = (double) bytes(folder.resolve("ditto_store")) / documents;
        double ratio = ours / json;
        return List.of(new Measurement(
                name, "json", ours, json, "B/doc", Better.LOWER, ratio, ratio, ratio, RATIO_MAX, false));
    }

    private static Value document(int number, Random random) {
        Value.Struct.Builder document = Value.Struct.builder().put("_id", Value.of("document-" + number));
        byte[] noise = new byte[NOISE_BYTES];
        for (int field = 0; field < FIELDS; field++) {
            random.nextBytes(noise);
            document.put("field" + field, Value.of(Base64.getEncoder().encodeToString(noise)));
        }
        return document.build();
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        }
    }
}
