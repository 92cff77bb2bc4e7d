package io.ibid.bench;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Documents of 20 fields and about 400 bytes of JSON: an order, with a random text id, texts, numbers, an array and a nested object.
 * The same seed gives the same documents. Confined to one thread.
 */
public final class Documents {

    /** Fields of every document, {@code _id} included. */
    public static final int FIELDS = 20;

    private static final String[] WORDS = {
        "amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "heron", "indigo", "juniper", "kelp", "lotus",
        "maple", "nectar", "onyx", "pebble", "quartz", "raven", "sable", "thistle"
    };
    private static final String[] STATES = {"new", "paid", "packed", "sent", "returned"};
    private static final long FIRST_ORDER_MS = 1_700_000_000_000L;

    private static final long LOADED_SEED = 42;
    private static final int LOADED_BATCH = 1_000;

    private final Random random;

    public Documents(long seed) {
        random = new Random(seed);
    }

    /**
     * One document in the forms that the sides take.
     *
     * @param id a random text, also in the field {@code _id}
     * @param struct the whole document
     * @param json the whole document
     */
    public record Document(String id, Value.Struct struct, String json) {}

    /** What is in a store before it is measured: always the same documents, in batches of at most 1,000. */
    public static void load(int count, Consumer<List<Document>> insert) {
        Documents documents = new Documents(LOADED_SEED);
        for (int left = count; left > 0; left -= LOADED_BATCH) {
            insert.accept(documents.next(Math.min(left, LOADED_BATCH)));
        }
    }

    /** The ids of what {@link #load} loads. */
    public static List<String> loadedIds(int count) {
        List<String> ids = new ArrayList<>(count);
        load(count, batch -> batch.forEach(document -> ids.add(document.id())));
        return ids;
    }

    /** So many new documents. */
    public List<Document> next(int count) {
        List<Document> documents = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            documents.add(next());
        }
        return documents;
    }

    private Document next() {
        String id = String.format("%016x%08x", random.nextLong(), random.nextInt());
        Value.Struct struct = Value.Struct.builder(FIELDS)
                .put("_id", Value.of(id))
                .put("customer", Value.of(words(2)))
                .put("email", Value.of(word() + random.nextInt(1000) + "@example.org"))
                .put("state", Value.of(STATES[random.nextInt(STATES.length)]))
                .put("note", Value.of(words(4)))
                .put("sku", Value.of("SKU-" + random.nextInt(100_000)))
                .put("quantity", Value.of(random.nextInt(20)))
                .put("price", Value.of(random.nextInt(100_000) / 100.0))
                .put("tax", Value.of(0.19))
                .put("paid", Value.of(random.nextBoolean()))
                .put("express", Value.of(random.nextBoolean()))
                .put("created", Value.of(FIRST_ORDER_MS + random.nextInt(1 << 30)))
                .put("updated", Value.of(FIRST_ORDER_MS + random.nextInt(1 << 30)))
                .put("weight", Value.of(random.nextInt(5_000)))
                .put("rating", Value.of(random.nextInt(5)))
                .put("country", Value.of(word().substring(0, 2)))
                .put("channel", Value.of(word()))
                .put("counter", Value.of(0))
                .put("tags", new Value.Array(List.of(Value.of(word()), Value.of(word()))))
                .put(
                        "address",
                        Value.Struct.builder(2)
                                .put("city", Value.of(word()))
                                .put("zip", Value.of(random.nextInt(99_999)))
                                .build())
                .build();
        return new Document(id, struct, Json.write(struct));
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(word());
        }
        return text.toString();
    }
}
