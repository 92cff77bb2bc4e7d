package io.ibid.cli.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A server process under the heaviest reading that HTTP allows, while a peer is connected to it. */
@Tag("slow")
class ScanTest {
    private static final int DOCUMENTS = 100_000;
    private static final int BATCH = 1_000;
    private static final int SCANS = 8;

    @TempDir
    private Path folder;

    @Test
    void eight_full_scans_of_100_000_documents_at_once_cost_no_session_and_leave_health_fast(TestReporter reporter)
            throws Exception {
        try (Pair pair = new Pair(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            fill(pair.server().http());
            scan(pair.server().http()); // the first one compiles
            AtomicBoolean done = new AtomicBoolean();
            Future<List<Long>> health = threads.submit(() -> {
                List<Long> micros = new ArrayList<>();
                while (!done.get()) {
                    micros.add(health(pair.server().http()));
                    Thread.sleep(5);
                }
                return micros.stream().sorted().toList();
            });
            Future<Integer> edits = threads.submit(() -> {
                int count = 0;
                while (!done.get()) {
                    pair.proveLife(); // an edit in both directions, over the one session
                    count++;
                    Thread.sleep(100);
                }
                return count;
            });
            List<Future<Long>> scans = new ArrayList<>();
            long started = System.nanoTime();
            for (int i = 0; i < SCANS; i++) {
                scans.add(threads.submit(() -> scan(pair.server().http())));
            }
            long bytes = 0;
            for (Future<Long> scan : scans) {
                bytes = scan.get();
                assertThat(bytes).isBetween(35L << 20, 64L << 20);
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            done.set(true);
            List<Long> micros = health.get();
            double p99 = micros.get((int) (micros.size() * 0.99)) / 1e3;
            reporter.publishEntry(
                    "scans",
                    "%d scans of %,d bytes in %.1f s; /health n=%d p50 %.1f ms p99 %.1f ms; %d edits both ways"
                            .formatted(
                                    SCANS,
                                    bytes,
                                    seconds,
                                    micros.size(),
                                    micros.get(micros.size() / 2) / 1e3,
                                    p99,
                                    edits.get()));
            assertThat(edits.get()).isPositive();
            assertThat(micros.size()).isGreaterThan(100);
            assertThat(p99).isLessThan(100);
            pair.proveLife();
        }
    }

    private static void fill(Endpoint server) throws IOException {
        for (int from = 0; from < DOCUMENTS; from += BATCH) {
            List<Value> documents = new ArrayList<>();
            for (int i = from; i < from + BATCH; i++) {
                documents.add(document(i));
            }
            Value.Struct arguments = Value.Struct.builder()
                    .put("documents", new Value.Array(documents))
                    .build();
            assertThat(server.execute("INSERT INTO items DOCUMENTS (:documents)", arguments)
                            .status())
                    .isEqualTo(200);
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

    /** Reads a whole collection; gives the bytes of the answer. */
    private static long scan(Endpoint server) throws IOException, InterruptedException {
        String body = Json.write(Value.Struct.builder()
                .put("statement", Value.of("SELECT * FROM items"))
                .build());
        HttpRequest request =
                server.request().POST(BodyPublishers.ofString(body)).build();
        HttpResponse<InputStream> response = Endpoint.client().send(request, BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        byte[] buffer = new byte[64 * 1024];
        byte[] last = new byte[0];
        long bytes = 0;
        try (InputStream in = response.body()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
                if (count > 0) {
                    last = Arrays.copyOf(buffer, count);
                }
            }
        }
        // An answer that broke off would end elsewhere.
        assertThat(new String(last, StandardCharsets.UTF_8)).endsWith("}");
        return bytes;
    }

    private static long health(Endpoint server) throws IOException, InterruptedException {
        long started = System.nanoTime();
        HttpResponse<Void> response = Endpoint.client()
                .send(HttpRequest.newBuilder(server.uri("/health")).build(), BodyHandlers.discarding());
        assertThat(response.statusCode()).isEqualTo(200);
        return (System.nanoTime() - started) / 1000;
    }
}
