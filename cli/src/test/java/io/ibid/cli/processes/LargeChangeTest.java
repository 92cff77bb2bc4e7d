package io.ibid.cli.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.value.Value;
import io.ibid.peer.rocksdb.Profile;
import io.ibid.peer.rocksdb.RocksStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements that write more than one batch, and more than fits into memory, in a server with a heap of 256 MiB. */
class LargeChangeTest {
    private static final int DELETED = Boolean.getBoolean("ibid.long") ? 1_000_000 : 300_000;
    private static final int UPDATED = 12_000;
    private static final int DOCUMENTS_PER_STATEMENT = 2_000;
    private static final int HALVES = Boolean.getBoolean("ibid.long") ? 10 : 1;
    private static final int TRIES_MAX = 30 + 3 * HALVES;

    @TempDir
    private Path folder;

    private Child serve(Map<String, String> environment) throws IOException {
        return Child.start(
                "server",
                folder,
                environment,
                "serve",
                "--data",
                folder.resolve("data").toString(),
                "--http",
                "127.0.0.1:0",
                "--peer",
                "127.0.0.1:0",
                "--api-key",
                Child.API_KEY);
    }

    private static void insert(Endpoint endpoint, int documents, String text) throws IOException {
        for (int from = 0; from < documents; from += DOCUMENTS_PER_STATEMENT) {
            List<Value> rows = new ArrayList<>();
            for (int i = from; i < Math.min(documents, from + DOCUMENTS_PER_STATEMENT); i++) {
                rows.add(Value.Struct.builder()
                        .put("_id", Value.of("document-" + i))
                        .put("n", Value.of(0))
                        .put("text", Value.of(text))
                        .build());
            }
            Endpoint.Reply reply = endpoint.execute(
                    "INSERT INTO c DOCUMENTS (:rows)",
                    Value.Struct.builder().put("rows", new Value.Array(rows)).build());
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        }
    }

    private void check() throws IOException, InterruptedException {
        Child.Ended check =
                Child.run(folder, "check", "--data", folder.resolve("data").toString());
        assertThat(check.code()).as(check.out() + check.err()).isZero();
    }

    @Test
    @Tag("long")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void a_delete_without_limit_of_hundreds_of_thousands_of_documents_works_in_256_mib(TestReporter reporter)
            throws Exception {
        try (Child server = serve(Map.of())) {
            insert(server.http(), DELETED, "some text that makes the document a little longer than its id");
            long beganNs = System.nanoTime();
            Endpoint.Reply deleted = server.http().require("DELETE FROM c");
            long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
            assertThat(((Value.Array) deleted.json().get("mutatedDocumentIds")).elements())
                    .hasSize(DELETED);
            assertThat(server.http().require("SELECT * FROM c LIMIT 1").items()).isEmpty();
            server.http().require("INSERT INTO c DOCUMENTS ({'_id': 'after'})");
            assertThat(server.http()
                            .require("SELECT count(*) AS n FROM c")
                            .items()
                            .getFirst()
                            .get("n"))
                    .isEqualTo(Value.of(1));
            reporter.publishEntry("DELETE of " + DELETED + " documents", tookMs + " ms");
            assertThat(server.terminate(Duration.ofSeconds(30))).isZero();
        }
        check();
    }

    /** What a killed process has left on its disk. */
    private enum Left {
        NOTHING,
        HALF,
        ALL
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void kill_9_within_a_change_in_parts_leaves_all_of_it_or_nothing() throws Exception {
        Map<String, String> small = Map.of("DITTO_UNIT_BYTES_MAX", "1048576");
        try (Child server = serve(small)) {
            insert(server.http(), UPDATED, "x".repeat(1_000));
        }
        long value = 0;
        long earliestMs = 0;
        long latestMs = 3_000;
        int halves = 0;
        for (int tries = 0; tries < TRIES_MAX && halves < HALVES; tries++) {
            long delayMs = (earliestMs + latestMs) / 2;
            try (Child server = serve(small)) {
                Thread update = Thread.startVirtualThread(() -> tryUpdate(server.http()));
                Thread.sleep(delayMs);
                server.kill();
                update.join();
            }
            Left left = left(value);
            switch (left) {
                case NOTHING -> earliestMs = delayMs;
                case ALL -> latestMs = delayMs;
                case HALF -> halves++;
            }
            if (left == Left.HALF && halves % 2 == 0) {
                check();
            }
            try (Child server = serve(small)) {
                List<Value.Struct> groups = server.http()
                        .require("SELECT n, count(*) AS documents FROM c GROUP BY n")
                        .items();
                assertThat(groups)
                        .as("after a kill at " + delayMs + " ms: " + left)
                        .hasSize(1);
                assertThat(groups.getFirst().get("documents")).isEqualTo(Value.of(UPDATED));
                long found = ((Value.Int) groups.getFirst().get("n")).value();
                assertThat(found).isBetween(left == Left.NOTHING ? value : value + 1, value + 1);
                value = found;
            }
            if (latestMs - earliestMs < 20) {
                // Not every start takes equally long.
                earliestMs = Math.max(0, earliestMs - 300);
                latestMs += 300;
            }
        }
        assertThat(halves).as("kills between the first part and the last").isPositive();
        check();
    }

    private static void tryUpdate(Endpoint endpoint) {
        try {
            endpoint.execute("UPDATE c SET n = n + 1", Value.Struct.EMPTY);
        } catch (IOException e) {
            assertThat(e).as("the server was killed").isNotNull();
        }
    }

    private Left left(long before) {
        Path store = folder.resolve("data").resolve("demo").resolve("ditto_store");
        try (RocksStorage storage = new RocksStorage(store, Profile.SMALL);
                Snapshot snapshot = storage.snapshot()) {
            if (snapshot.get(new byte[] {'M', 'p'}) != null) {
                return Left.HALF;
            }
            try (Cursor chain = snapshot.scan(new byte[] {'H', 0}, new byte[] {'H', 1}, true)) {
                long head = chain.next() ? chain.key()[chain.key().length - 1] : 0;
                return head > UPDATED / DOCUMENTS_PER_STATEMENT + before ? Left.ALL : Left.NOTHING;
            }
        }
    }
}
