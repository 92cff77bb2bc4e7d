package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.syntax.AccessGenerator;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever indexes there are, and whatever is made of them, mutations change the same documents. */
class IndexOracleTest {
    private static final int ROUNDS = Boolean.getBoolean("ibid.long") ? 2_000_000 : 50_000;
    private static final List<String> VALUES = List.of(
            "1",
            "2",
            "1.0",
            "2.5",
            "-7",
            "0",
            "null",
            "true",
            "false",
            "\"x\"",
            "\"xy\"",
            "\"xyz\"",
            "\"%\"",
            "\"\"",
            "\"\\ud83d\\ude00\"",
            "\"\\uffff\"",
            "[1,2]",
            "[]",
            "{\"b\":1}",
            "{\"b\":{\"a\":[2]}}",
            "{}",
            "{\"a\":{\"c\":\"x\"}}",
            "9223372036854775807");

    @Test
    void mutations_change_the_same_documents_with_and_without_indexes() {
        for (int seed = 0; seed < ROUNDS / 10; seed++) {
            Dql indexed = filled(seed);
            Dql plain = new Dql();
            indexed.store.documents("c").values().forEach(document -> plain.store.put("c", document));
            AccessGenerator generator = new AccessGenerator(seed);
            String text = seed % 2 == 0 ? generator.update() : generator.delete();
            String expected = outcome(plain, text);
            assertThat(outcome(indexed, text))
                    .as("seed %s: %s over %s", seed, text, indexes(indexed))
                    .isEqualTo(expected);
        }
    }

    private static String outcome(Dql dql, String text) {
        SortedMap<DocumentId, Boolean> ids = new TreeMap<>();
        try (Result result = dql.result(text, "{}")) {
            for (Value id : result.mutatedIds()) {
                assertThat(ids.put(DocumentId.of(id), true)).as("twice: %s", id).isNull();
            }
        }
        return ids.keySet() + " " + dql.store.documents("c");
    }

    private static String indexes(Dql dql) {
        return dql.store.indexes().of("c") + "";
    }

    private static Dql filled(long seed) {
        Random random = new Random(seed);
        Dql dql = new Dql();
        for (int id = 0; id < 14; id++) {
            String key = id % 3 == 0
                    ? "" + id
                    : id % 3 == 1 ? "\"" + id + "\"" : "{\"x\":" + (id % 4) + ",\"y\":" + id + "}";
            StringBuilder document = new StringBuilder("{\"_id\":" + key);
            for (String name : List.of("a", "b", "color", "n")) {
                if (random.nextInt(5) > 0) {
                    String value = VALUES.get(random.nextInt(random.nextBoolean() ? 4 : VALUES.size()));
                    document.append(",\"").append(name).append("\":").append(value);
                }
            }
            dql.store.put("c", (Value.Struct) Json.parse(document.append('}').toString()));
        }
        AccessGenerator generator = new AccessGenerator(seed);
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            dql.store.schema().includeMissing(random.nextInt(5) > 0);
            dql.run("CREATE INDEX i" + i + " ON c " + generator.keys());
        }
        return dql;
    }
}
