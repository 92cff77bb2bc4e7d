package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Value;
import io.ibid.peer.runtime.ExecuteOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight full scans at once must not be felt by anybody else. */
@Tag("slow")
final class HealthUnderScansTest {
    private static final int DOCUMENTS = 100_000;
    private static final int BATCH = 2_000;

    @TempDir
    Path directory;

    @Test
    void health_answers_within_100_ms_while_eight_clients_scan_100_000_documents() throws Exception {
        try (RealServer server = new RealServer(directory.resolve("demo"));
                LoadProbe probe = new LoadProbe(server.uri("/"), RealServer.KEY)) {
            fill(server);
            List<Long> warmUp = new ArrayList<>();
            probe.healthWhile("SELECT * FROM items", 2, 1, warmUp);
            List<Long> bytes = new ArrayList<>();
            LoadProbe.Latencies health = probe.healthWhile("SELECT * FROM items", 8, 1, bytes);
            System.err.printf(
                    "/health while eight clients read %,d bytes each: n=%d p50 %.1f ms, p99 %.1f ms%n",
                    bytes.getFirst(), health.micros().length, health.quantileMs(0.5), health.quantileMs(0.99));
            assertThat(bytes).hasSize(8).allSatisfy(each -> assertThat(each).isBetween(35_000_000L, 67_108_864L));
            assertThat(health.quantileMs(0.99)).isLessThan(100);
        }
    }

    private static void fill(RealServer server) {
        for (int from = 0; from < DOCUMENTS; from += BATCH) {
            List<Value> documents = new ArrayList<>();
            for (int i = from; i < from + BATCH; i++) {
                documents.add(document(i));
            }
            server.database
                    .execute(
                            "INSERT INTO items DOCUMENTS (:documents)",
                            Value.Struct.builder()
                                    .put("documents", new Value.Array(documents))
                                    .build(),
                            ExecuteOptions.FLEXIBLE)
                    .close();
        }
    }

    /** 20 fields, about 400 bytes of JSON. */
    private static Value document(int number) {
        Value.Struct.Builder document = Value.Struct.builder().put("_id", Value.of("item-" + number));
        for (int field = 0; field < 19; field++) {
            document.put("field" + field, field % 2 == 0 ? Value.of(number * 31L + field) : Value.of("text " + number));
        }
        return document.build();
    }
}
