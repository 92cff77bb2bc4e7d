package io.ibid.bench.sync;

import io.ibid.bench.Documents.Document;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Documents of about 225 bytes of JSON, made when they are asked for: always the same ones. */
final class SmallDocuments {
    private static final long SEED = 42;
    private static final String[] PLACES = {"harbour", "market", "station", "airport", "old town", "university"};

    private final Random random = new Random(SEED);

    /** So many more. */
    List<Document> next(int count) {
        List<Document> documents = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            documents.add(next());
        }
        return documents;
    }

    private Document next() {
        String id = String.format("%016x%08x", random.nextLong(), random.nextInt());
        Value.Struct struct = Value.Struct.builder()
                .put("_id", Value.of(id))
                .put("place", Value.of(PLACES[random.nextInt(PLACES.length)]))
                .put("device", Value.of(String.format("device-%08x-%04x", random.nextInt(), random.nextInt(1 << 16))))
                .put("temperature", Value.of(random.nextInt(4_000) / 100.0))
                .put("humidity", Value.of(random.nextInt(100)))
                .put("measured", Value.of(1_700_000_000_000L + random.nextInt(1 << 30)))
                .put(
                        "note",
                        Value.of("checked by warden " + random.nextInt(10_000) + " on the last evening round "
                                + random.nextInt(1_000)))
                .put("valid", Value.of(random.nextBoolean()))
                .build();
        return new Document(id, struct, Json.write(struct));
    }
}
