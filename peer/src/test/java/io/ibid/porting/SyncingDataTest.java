package io.ibid.porting;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.*;
import io.ibid.legacy.*;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The calls and patterns of the guide to syncing data: subscriptions, live queries, eviction, windows of time, states, soft deletes. */
@Timeout(120)
class SyncingDataTest {
    @TempDir
    Path directory;

    private Ditto ditto;
    private Ditto other;

    private @Nullable DittoSubscription subscription;
    private @Nullable DittoLiveQuery liveQuery;

    @BeforeEach
    void open() throws Exception {
        ditto = open("this");
        other = open("other");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        other.updateTransportConfig(config ->
                config.listen().tcp().isEnabled(true).interfaceIp("127.0.0.1").port(port));
        ditto.updateTransportConfig(config -> config.connect().addTcpServers("127.0.0.1:" + port));
        other.startSync();
    }

    private Ditto open(String name) {
        return DittoFactory.create(new DittoConfig.Builder("guide")
                .persistenceDirectory(directory.resolve(name).toFile())
                .build());
    }

    @AfterEach
    void close() {
        ditto.close();
        other.close();
    }

    private static List<Object> ids(Ditto peer, String collection) {
        return peer.store.collection(collection).findAll().exec().stream()
                .map(document -> document.getId().getValue())
                .toList();
    }

    private static void await(Ditto peer, String collection, Object... ids) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!ids(peer, collection).equals(List.of(ids)) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(ids(peer, collection)).containsExactly(ids);
    }

    /** Whatever was on its way has arrived, because a later write of the same peer has. */
    private void awaitMark(String mark) throws InterruptedException {
        DittoSubscription marks = ditto.store.collection("marks").findAll().subscribe();
        other.store.collection("marks").upsert(Map.of("_id", mark));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!ids(ditto, "marks").contains(mark) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(ids(ditto, "marks")).contains(mark);
        marks.cancel();
    }

    @Test
    void a_subscription_receives_and_a_live_query_shows_it() throws Exception {
        ditto.startSync();
        // Register live query to update UI
        subscription = ditto.store.collection("cars").find("color == 'red'").subscribe();

        BlockingQueue<List<DittoDocument>> shown = new LinkedBlockingQueue<>();
        liveQuery = ditto.store.collection("cars").find("color == 'red'").observeLocal((cars, event) -> {
            shown.add(cars);
        });
        assertThat(shown.poll(10, TimeUnit.SECONDS)).isEmpty();

        Map<String, Object> content = new HashMap<>();
        content.put("model", "Ford");
        content.put("color", "black");
        other.store.collection("cars").upsert(content);
        other.store.collection("cars").upsert(Map.of("_id", "r", "model", "Ford", "color", "red"));
        List<DittoDocument> cars = shown.poll(20, TimeUnit.SECONDS);
        assertThat(cars).isNotNull().hasSize(1);
        assertThat(cars.getFirst().get("model").getStringValue()).isEqualTo("Ford");

        subscription.cancel();
        other.store.collection("cars").upsert(Map.of("_id", "s", "color", "red"));
        awaitMark("after the subscription");
        assertThat(ids(ditto, "cars")).containsExactly("r");
    }

    @Test
    void several_subscriptions_are_kept_as_properties_or_in_a_list() throws Exception {
        DittoSubscription subscribeA =
                ditto.collection("cars").find("color == 'red'").subscribe();
        DittoSubscription subscribeB = ditto.collection("boats").findAll().subscribe();
        List<DittoSubscription> subscriptions = new ArrayList<>(List.of(subscribeA, subscribeB));
        ditto.startSync();
        other.collection("cars").upsert(Map.of("_id", 1, "color", "red"));
        other.collection("boats").upsert(Map.of("_id", 2));
        await(ditto, "cars", 1L);
        await(ditto, "boats", 2L);
        for (DittoSubscription sub : subscriptions) {
            sub.cancel();
        }
        subscriptions.clear();
        assertThat(subscribeA.isCancelled()).isTrue();
    }

    @Test
    void dropping_the_reference_does_not_end_a_subscription() throws Exception {
        ditto.startSync();
        subscription = ditto.collection("cars").findAll().subscribe();
        subscription = null;
        System.gc();
        other.collection("cars").upsert(Map.of("_id", 1));
        await(ditto, "cars", 1L);
    }

    @Test
    void evict_forgets_here_and_while_a_subscription_selects_it_it_comes_back() throws Exception {
        ditto.startSync();
        DittoCollection collection = ditto.collection("cars");
        DittoSubscription bobs = collection.find("owner == 'Bob'").subscribe();
        other.collection("cars").upsert(Map.of("_id", 1, "owner", "Bob"));
        await(ditto, "cars", 1L);

        collection.find("owner == 'Bob'").evict();
        await(ditto, "cars", 1L);

        bobs.cancel();
        collection.find("owner == 'Bob'").evict();
        awaitMark("after the eviction");
        assertThat(ids(ditto, "cars")).isEmpty();
        assertThat(ids(other, "cars")).containsExactly(1L);
    }

    @Test
    void a_flag_keeps_what_is_not_needed_any_more_from_syncing() throws Exception {
        DittoCollection collection = ditto.collection("cars");
        subscription = collection
                .find("createdAt > '2023-05-22T22:24:24.217Z' && isSafeToEvict == false")
                .subscribe();
        ditto.startSync();
        car("old", "2023-05-22T22:24:24.217Z", false);
        car("done", "2023-05-23T22:24:24.217Z", true);
        car("new", "2023-05-23T22:24:24.217Z", false);
        await(ditto, "cars", "new");
        awaitMark("all that matches");
        assertThat(ids(ditto, "cars")).containsExactly("new");
    }

    private void car(String id, String createdAt, boolean isSafeToEvict) {
        other.collection("cars")
                .upsert(Map.of(
                        "_id", id,
                        "color", "red",
                        "mileage", 40000,
                        "isSafeToEvict", isSafeToEvict,
                        "createdAt", createdAt));
    }

    @Test
    void soft_deleted_notes_are_evicted_once_a_week() throws Exception {
        DittoCollection notes = ditto.collection("notes");
        subscription = notes.find("isDeleted == false").subscribe();
        ditto.startSync();
        other.collection("notes").upsert(Map.of("_id", "a", "text", "milk", "isDeleted", false));
        other.collection("notes").upsert(Map.of("_id", "b", "text", "eggs", "isDeleted", false));
        await(ditto, "notes", "a", "b");
        // deleting data
        other.collection("notes")
                .findById("a")
                .update(note -> note.get("isDeleted").set(true));
        BlockingQueue<List<DittoDocument>> deleted = new LinkedBlockingQueue<>();
        notes.find("isDeleted == true").observeLocal((documents, event) -> deleted.add(documents));
        List<DittoDocument> last = deleted.poll(20, TimeUnit.SECONDS);
        while (last != null && last.isEmpty()) {
            last = deleted.poll(20, TimeUnit.SECONDS);
        }
        assertThat(last).isNotNull();
        // evicting old data once a week
        notes.find("isDeleted == true").evict();
        awaitMark("the next week");
        assertThat(ids(ditto, "notes")).containsExactly("b");
        assertThat(ids(other, "notes")).containsExactly("a", "b");
    }

    private String now = "2022-09-18T20:00:46.945Z";

    private String yesterday() {
        return Instant.parse(now).minus(24, ChronoUnit.HOURS).toString();
    }

    @Test
    void only_the_flights_of_the_last_24_hours_are_kept() throws Exception {
        ditto.startSync();
        subscription = ditto.store
                .collection("flights")
                .find("createdAt > $args.yesterday", Map.of("yesterday", yesterday()))
                .subscribe();
        flight("DIT100", "2022-09-17T20:00:46.945Z");
        flight("DIT101", "2022-09-17T20:00:46.946Z");
        flight("DIT102", "2022-09-18T19:00:00.000Z");
        await(ditto, "flights", "DIT101", "DIT102");

        now = "2022-09-19T12:00:00.000Z";
        // 24 hours pass. Need to evict irrelevant data.
        // 1. Stop subscription
        subscription.cancel();
        // 2. Evict irrelevant
        ditto.store
                .collection("flights")
                .find("createdAt <= $args.yesterday", Map.of("yesterday", yesterday()))
                .evict();
        // 3. Start new subscription
        subscription = ditto.store
                .collection("flights")
                .find("createdAt > $args.yesterday", Map.of("yesterday", yesterday()))
                .subscribe();
        flight("DIT103", "2022-09-19T11:00:00.000Z");
        await(ditto, "flights", "DIT102", "DIT103");
        awaitMark("nothing came back");
        assertThat(ids(ditto, "flights")).containsExactly("DIT102", "DIT103");
        assertThat(ids(other, "flights")).hasSize(4); // for analytics
    }

    private void flight(String flightNo, String createdAt) {
        other.collection("flights")
                .upsert(Map.of(
                        "_id", flightNo,
                        "createdAt", createdAt,
                        "flightNo", flightNo,
                        "orders", Map.of("abcdef123", Map.of("meal", "pasta"))));
    }

    @Test
    void orders_are_synced_until_they_are_complete() throws Exception {
        ditto.startSync();
        DittoSubscription query =
                ditto.collection("orders").find("status != 'COMPLETE'").subscribe();
        ditto.collection("orders").find("status == 'COMPLETE'").evict();
        other.collection("orders").upsert(Map.of("_id", 1, "status", "OPEN"));
        other.collection("orders").upsert(Map.of("_id", 2, "status", "COMPLETE"));
        await(ditto, "orders", 1L);

        BlockingQueue<List<DittoDocument>> frontPage = new LinkedBlockingQueue<>();
        liveQuery = ditto.collection("orders")
                .find("status != 'COMPLETE'")
                .observeLocal((orders, event) -> frontPage.add(orders));
        assertThat(liveQuery.isStopped()).isFalse();
        assertThat(frontPage.poll(10, TimeUnit.SECONDS)).hasSize(1);
        int id = 1;
        // Once an order has been completed, document as "FILLED". Live queries will fire and update the front-page.
        ditto.collection("orders").upsert(Map.of("_id", id, "status", "COMPLETE"));
        assertThat(frontPage.poll(10, TimeUnit.SECONDS)).isEmpty();
        query.cancel();
        assertThat(ditto.collection("orders").find("status == 'COMPLETE'").evict())
                .containsExactly(new DittoDocumentId(1));
    }

    @Test
    void remove_deletes_everywhere() throws Exception {
        ditto.startSync();
        subscription = ditto.collection("cars").findAll().subscribe();
        DittoSubscription others = other.collection("cars").findAll().subscribe();
        other.collection("cars").upsert(Map.of("_id", 1, "owner", "Bob"));
        await(ditto, "cars", 1L);
        ditto.collection("cars").find("owner == 'Bob'").remove();
        await(other, "cars");
        others.close();
    }

    @Test
    void increments_of_two_peers_add_up_and_each_sees_the_other() throws Exception {
        BlockingQueue<List<DittoRemotePeer>> peers = new LinkedBlockingQueue<>();
        DittoPeersObserver observer = ditto.observePeers(peers::add);
        assertThat(peers.poll(10, TimeUnit.SECONDS)).isEmpty();
        subscription = ditto.collection("pages").findAll().subscribe();
        other.collection("pages").findAll().subscribe();
        ditto.collection("pages").upsert(Map.of("_id", 1, "views", new DittoCounter()));
        other.collection("pages").upsert(Map.of("_id", 1, "views", new DittoCounter()));
        ditto.collection("pages")
                .findById(1)
                .update(page -> page.get("views").counter().increment(2));
        other.collection("pages")
                .findById(1)
                .update(page -> page.get("views").counter().increment(5));
        ditto.startSync();
        for (Ditto peer : List.of(ditto, other)) {
            BlockingQueue<Double> views = new LinkedBlockingQueue<>();
            peer.collection("pages").findById(1).observeLocal((page, event) -> {
                if (page != null) {
                    views.add(page.get("views").getDoubleValue());
                }
            });
            Double last = views.poll(20, TimeUnit.SECONDS);
            while (last != null && last != 7) {
                last = views.poll(20, TimeUnit.SECONDS);
            }
            assertThat(last).isEqualTo(7);
        }
        assertThat(peers.poll(20, TimeUnit.SECONDS)).hasSize(1).allSatisfy(peer -> {
            assertThat(peer.getPeerKey()).startsWith("pk");
            assertThat(peer.isServer()).isFalse();
        });
        observer.close();
    }
}
