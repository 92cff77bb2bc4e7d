package io.ibid.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.Ditto;
import io.ibid.DittoException;
import io.ibid.DittoQueryResult;
import io.ibid.DittoSyncSubscription;
import io.ibid.serialization.DittoCborSerializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SubscriptionsAcceptanceTest {
    @TempDir
    Path directory;

    private Peers peers;
    private Ditto supplier;
    private Ditto ditto;

    @BeforeEach
    void open() throws Exception {
        peers = new Peers(directory);
        supplier = peers.open("supplier");
        ditto = peers.open("a");
        Peers.connect(supplier, ditto);
        supplier.sync.start();
        ditto.sync.start();
    }

    @AfterEach
    void close() {
        peers.close();
    }

    @Test
    void what_is_no_plain_selection_is_rejected() throws Exception {
        for (String query : List.of(
                "SELECT color FROM cars",
                "SELECT COUNT(*) FROM cars",
                "SELECT DISTINCT * FROM cars",
                "SELECT * FROM cars GROUP BY color",
                "SELECT * FROM cars LIMIT 3",
                "SELECT * FROM cars ORDER BY color",
                "SELECT * FROM cars JOIN owners ON cars.owner = owners._id",
                "SELECT * FROM cars USE IDS ('1')",
                "DELETE FROM cars",
                "no query")) {
            assertThatThrownBy(() -> ditto.getSync().registerSubscription(query))
                    .as(query)
                    .isInstanceOf(DittoException.StoreException.class);
        }
        assertThat(ditto.getSync().getSubscriptions()).isEmpty();
        ditto.getSync()
                .registerSubscription("SELECT * FROM system:data_sync_info")
                .close();
    }

    @Test
    void the_same_query_twice_is_two_subscriptions_that_live_on_their_own() throws Exception {
        DittoSyncSubscription one = ditto.getSync().registerSubscription("SELECT * FROM cars");
        DittoSyncSubscription two = ditto.getSync().registerSubscription("SELECT * FROM cars");
        assertThat(ditto.getSync().getSubscriptions()).hasSize(2);
        one.close();
        assertThat(two.isClosed()).isFalse();
        Peers.insert(supplier, "cars", Map.of("_id", 1));
        Peers.eventually(() -> Peers.count(ditto, "cars") == 1);
    }

    @Test
    void a_cancelled_subscription_keeps_the_data_and_gets_no_more() throws Exception {
        DittoSyncSubscription cars = ditto.getSync().registerSubscription("SELECT * FROM cars");
        ditto.getSync().registerSubscription("SELECT * FROM signs");
        Peers.insert(supplier, "cars", Map.of("_id", 1));
        Peers.eventually(() -> Peers.count(ditto, "cars") == 1);
        cars.cancel();
        assertThat(cars.isCancelled()).isTrue();
        Peers.insert(supplier, "signs", Map.of("_id", 1));
        Peers.eventually(() -> Peers.count(ditto, "signs") == 1);
        Peers.insert(supplier, "cars", Map.of("_id", 2));
        Peers.insert(supplier, "signs", Map.of("_id", 2));
        Peers.eventually(() -> Peers.count(ditto, "signs") == 2);
        assertThat(Peers.count(ditto, "cars")).isEqualTo(1);
    }

    @Test
    void what_is_evicted_under_a_subscription_comes_back_and_after_its_end_stays_away() throws Exception {
        DittoSyncSubscription cars = ditto.getSync().registerSubscription("SELECT * FROM cars");
        Peers.insert(supplier, "cars", Map.of("_id", 1));
        Peers.eventually(() -> Peers.count(ditto, "cars") == 1);
        ditto.store.execute("EVICT FROM cars").close();
        Peers.eventually(() -> Peers.count(ditto, "cars") == 1);
        cars.close();
        Thread.sleep(300);
        ditto.store.execute("EVICT FROM cars").close();
        Thread.sleep(500);
        assertThat(Peers.count(ditto, "cars")).isZero();
        assertThat(Peers.count(supplier, "cars")).isEqualTo(1);
    }

    @Test
    void documents_travel_over_a_peer_only_if_it_subscribes_too() throws Exception {
        Ditto far = peers.open("far");
        Peers.connect(ditto, far);
        ditto.sync.stop();
        ditto.sync.start();
        far.sync.registerSubscription("SELECT * FROM cars");
        far.sync.start();
        Peers.insert(supplier, "cars", Map.of("_id", 1));
        Peers.eventually(() -> far.presence.getGraph().getRemotePeers().size() == 1);
        Thread.sleep(500);
        assertThat(Peers.count(far, "cars")).isZero();
        ditto.sync.registerSubscription("SELECT * FROM cars");
        Peers.eventually(() -> Peers.count(far, "cars") == 1);
    }

    @Test
    void the_queries_about_the_sync_status_work_word_for_word() throws Exception {
        ditto.sync.registerSubscription("SELECT * FROM cars");
        Peers.eventually(() -> supplier.presence.getGraph().getRemotePeers().size() == 1);
        for (String query : List.of(
                "SELECT * FROM system:data_sync_info",
                "SELECT * FROM system:data_sync_info WHERE is_ditto_server = true",
                "SELECT * FROM system:data_sync_info WHERE documents.sync_session_status = 'Connected'",
                "SELECT _id, documents.sync_session_status, documents.synced_up_to_local_commit_id"
                        + " FROM system:data_sync_info")) {
            ditto.store.execute(query).close();
        }
        Peers.eventually(() -> "Connected".equals(status(supplier, "SELECT * FROM system:data_sync_info")));
        supplier.store.execute("ALTER SYSTEM SET DQL_STRICT_MODE = true").close();
        assertThat(status(supplier, "SELECT * FROM COLLECTION system:data_sync_info (documents MAP)"))
                .isEqualTo("Connected");
    }

    private static String status(Ditto ditto, String query) throws DittoException {
        try (DittoQueryResult result = ditto.store.execute(query)) {
            return result.getItems().isEmpty()
                    ? ""
                    : result.getItems()
                            .getFirst()
                            .getValue()
                            .get("documents")
                            .asDictionary()
                            .get("sync_session_status")
                            .asString();
        }
    }

    @Test
    void a_write_has_arrived_when_its_commit_id_is_synced_and_a_lost_peer_shows_within_5_seconds() throws Exception {
        ditto.sync.registerSubscription("SELECT * FROM cars");
        long commit;
        try (DittoQueryResult result = supplier.store.execute("INSERT INTO cars DOCUMENTS ({'_id': 1})")) {
            commit = result.getCommitID();
        }
        List<Long> synced = new CopyOnWriteArrayList<>();
        supplier.store.registerObserver(
                "SELECT documents.synced_up_to_local_commit_id AS n FROM system:data_sync_info",
                result -> result.getItems()
                        .forEach(item -> synced.add((Long) item.getValue().get((Object) "n"))));
        Peers.eventually(() -> !synced.isEmpty() && synced.getLast() >= commit);
        assertThat(Peers.count(ditto, "cars")).isEqualTo(1);
        long begun = System.nanoTime();
        ditto.close();
        Peers.eventually(() -> "Not Connected".equals(status(supplier, "SELECT * FROM system:data_sync_info")));
        assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
        supplier.sync.stop();
        Peers.eventually(() -> "Disabled".equals(status(supplier, "SELECT * FROM system:data_sync_info")));
    }

    @Test
    void a_stage_completes_when_a_commit_has_arrived_at_a_peer_and_not_before() throws Exception {
        String key = ditto.presence.getGraph().getLocalPeer().getPeerKey();
        ditto.sync.registerSubscription("SELECT * FROM cars");
        Peers.eventually(() -> supplier.presence.getGraph().getRemotePeers().size() == 1);
        ditto.sync.stop();
        long commit = supplier.store
                .execute("INSERT INTO cars DOCUMENTS ({'_id': 1})")
                .getCommitId();
        CompletableFuture<Void> arrived =
                supplier.getSync().whenSynced(commit, key).toCompletableFuture();
        Thread.sleep(300);
        assertThat(arrived).isNotDone();
        ditto.sync.start();
        Peers.await(arrived);
        assertThat(Peers.count(ditto, "cars")).isEqualTo(1);
        CompletableFuture<Void> never =
                supplier.getSync().whenSyncedToServer(commit).toCompletableFuture();
        supplier.close();
        assertThatThrownBy(() -> Peers.await(never)).hasCauseInstanceOf(DittoException.StoreException.class);
    }

    @Test
    void concurrent_writes_of_one_field_are_siblings_until_somebody_writes_it_again() throws Exception {
        ditto.sync.registerSubscription("SELECT * FROM cars");
        supplier.sync.registerSubscription("SELECT * FROM cars");
        Peers.insert(supplier, "cars", Map.of("_id", 1, "color", "blue"));
        Peers.eventually(() -> Peers.count(ditto, "cars") == 1);
        ditto.sync.stop();
        ditto.store.execute("UPDATE cars SET color = 'red' WHERE _id = 1").close();
        supplier.store.execute("UPDATE cars SET color = 'green' WHERE _id = 1").close();
        ditto.sync.start();
        Peers.eventually(() ->
                Peers.await(supplier.getStore().siblings("cars", 1, "color")).size() == 2);
        assertThat(Peers.await(supplier.getStore().siblings("cars", 1, "color")))
                .extracting(DittoCborSerializable::asStringOrNull)
                .containsExactlyInAnyOrder("red", "green");
        supplier.store.execute("UPDATE cars SET color = 'white' WHERE _id = 1").close();
        assertThat(Peers.await(supplier.getStore().siblings("cars", 1, "color")))
                .hasSize(1);
        assertThat(Peers.await(supplier.getStore().siblings("cars", 2, "color")))
                .isEmpty();
    }
}
