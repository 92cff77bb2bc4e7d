package io.ibid.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.*;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.*;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The code of the guides on sync scopes and on the sync status, as it stands there but for the imports. */
@Timeout(60)
class GuidePatternsTest {
    @TempDir
    Path directory;

    private Ditto ditto;
    private PrintStream console;
    private ByteArrayOutputStream printed;

    @BeforeEach
    void open() {
        ditto = DittoFactory.create(new DittoConfig.Builder("guide")
                .persistenceDirectory(directory.resolve("a"))
                .build());
        console = System.out;
        printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() {
        System.setOut(console);
        ditto.close();
    }

    @Test
    @SuppressWarnings({"CatchAndPrintStackTrace", "EmptyCatch"})
    void sync_scopes_are_set_before_start() {
        Map<String, String> syncScopes = new HashMap<>();
        syncScopes.put("local_mesh_orders", "SmallPeersOnly");

        ditto.getStore()
                .execute(
                        "ALTER SYSTEM SET USER_COLLECTION_SYNC_SCOPES = :syncScopes",
                        Collections.singletonMap("syncScopes", syncScopes));

        try {
            ditto.getSync().start();
        } catch (DittoError e) {
            throw new AssertionError(e);
        }
        assertThat(ditto.getSync().isActive()).isTrue();
        try (DittoQueryResult shown = ditto.store.execute("SHOW USER_COLLECTION_SYNC_SCOPES")) {
            assertThat(shown.getItems().getFirst().getJsonString())
                    .isEqualTo("{\"user_collection_sync_scopes\":{\"local_mesh_orders\":\"SmallPeersOnly\"}}");
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void all_sync_info_is_printed() {
        try (DittoQueryResult result = ditto.store.execute("SELECT * FROM system:data_sync_info")) {
            for (DittoQueryResultItem item : result.getItems()) {
                Map<String, Object> peer = item.getValue();
                Map<String, Object> documents = (Map<String, Object>) peer.get("documents");
                String status = (String) documents.get("sync_session_status");
                System.out.println("Peer " + peer.get("_id") + ": " + status);
            }
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void sync_info_is_observed_every_half_second() throws Exception {
        List<Long> calls = new CopyOnWriteArrayList<>();
        DittoObserver observer = ditto.store.registerObserver("SELECT * FROM system:data_sync_info", (result) -> {
            calls.add(System.nanoTime());
            try (result) {
                for (DittoQueryResultItem item : result.getItems()) {
                    Map<String, Object> peer = item.getValue();
                    Map<String, Object> documents = (Map<String, Object>) peer.get("documents");
                    String status = (String) documents.get("sync_session_status");
                    System.out.println("Peer " + peer.get("_id") + ": " + status);
                }
            }
        });
        Thread.sleep(3_200);
        observer.close();
        assertThat(calls).hasSizeBetween(4, 9);
    }

    @Test
    void every_mutation_prints_a_commit_id() {
        ditto.store.execute("INSERT INTO cars DOCUMENTS ({'_id': '123'})").close();
        try (DittoQueryResult result = ditto.store.execute("UPDATE cars SET color = 'blue' WHERE _id = '123'")) {
            System.out.println("Commit ID: " + result.getCommitID());
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).strip()).matches("Commit ID: \\d+");
    }
}
