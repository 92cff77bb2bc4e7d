package io.ibid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.transports.DittoTransportConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DittoSyncTest {
    @TempDir
    Path directory;

    private Ditto supplier;
    private Ditto receiver;
    private int port;

    @BeforeEach
    void open() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        supplier = open("supplier");
        receiver = open("receiver");
        supplier.updateTransportConfig(config ->
                config.listen().tcp().isEnabled(true).interfaceIp("127.0.0.1").port(port));
        receiver.updateTransportConfig(config -> config.connect().addTcpServers("127.0.0.1:" + port));
    }

    private Ditto open(String name) {
        return DittoFactory.create(new DittoConfig.Builder("cars")
                .persistenceDirectory(directory.resolve(name).toFile())
                .build());
    }

    @AfterEach
    void close() {
        receiver.close();
        supplier.close();
    }

    private static void insert(Ditto ditto, int id, String color) {
        ditto.store
                .execute("INSERT INTO cars DOCUMENTS (:car)", Map.of("car", Map.of("_id", id, "color", color)))
                .close();
    }

    @Test
    void a_subscriber_receives_what_it_wants_and_nothing_else() throws Exception {
        BlockingQueue<List<Object>> seen = new LinkedBlockingQueue<>();
        receiver.store.registerObserver(
                "SELECT _id FROM cars ORDER BY _id",
                result -> seen.add(result.getItems().stream()
                        .map(item -> item.getValue().get((Object) "_id"))
                        .toList()));
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEmpty();
        receiver.getSync().registerSubscription("SELECT * FROM cars WHERE color = :color", Map.of("color", "blue"));
        insert(supplier, 1, "blue");
        insert(supplier, 2, "red");
        supplier.sync.start();
        receiver.sync.start();
        assertThat(receiver.sync.isActive()).isTrue();
        assertThat(seen.poll(10, TimeUnit.SECONDS)).containsExactly(1L);
        insert(supplier, 3, "blue");
        assertThat(seen.poll(10, TimeUnit.SECONDS)).containsExactly(1L, 3L);
    }

    @Test
    void nothing_arrives_while_sync_is_stopped_and_everything_after_it_was_started_again() throws Exception {
        receiver.sync.registerSubscription("SELECT * FROM cars");
        supplier.sync.start();
        receiver.sync.start();
        receiver.sync.start();
        insert(supplier, 1, "blue");
        awaitCars(receiver, 1);
        receiver.sync.stop();
        receiver.sync.stop();
        assertThat(receiver.sync.isActive()).isFalse();
        insert(supplier, 2, "blue");
        Thread.sleep(200);
        assertThat(cars(receiver)).isEqualTo(1);
        receiver.startSync();
        awaitCars(receiver, 2);
    }

    @Test
    void a_closed_subscription_is_off_the_list_and_keeps_what_arrived() throws Exception {
        DittoSyncSubscription subscription = receiver.sync.registerSubscription("SELECT * FROM cars");
        assertThat(receiver.sync.subscriptions).containsExactly(subscription);
        supplier.sync.start();
        receiver.sync.start();
        insert(supplier, 1, "blue");
        awaitCars(receiver, 1);
        subscription.close();
        subscription.close();
        assertThat(subscription.isClosed()).isTrue();
        assertThat(receiver.getSync().getSubscriptions()).isEmpty();
        assertThat(cars(receiver)).isEqualTo(1);
    }

    @Test
    void a_port_in_use_and_a_public_address_are_refused_by_name() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            supplier.updateTransportConfig(config -> config.listen().tcp().port(taken.getLocalPort()));
            assertThatThrownBy(() -> supplier.sync.start())
                    .isInstanceOfSatisfying(
                            DittoException.TransportException.class,
                            e -> assertThat(e.getCode()).isEqualTo("transport/listen-failed"))
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
        }
        DittoTransportConfig open = new DittoTransportConfig();
        open.getListen().getTcp().setEnabled(true);
        supplier.setTransportConfig(open);
        assertThatThrownBy(() -> supplier.getSync().start())
                .isInstanceOfSatisfying(
                        DittoException.TransportException.class,
                        e -> assertThat(e.getCode()).isEqualTo("transport/identity-required"))
                .hasMessageContaining("4040");
        assertThat(supplier.sync.isActive()).isFalse();
    }

    @Test
    void a_subscription_that_selects_no_whole_documents_is_refused() {
        assertThatThrownBy(() -> receiver.sync.registerSubscription("SELECT color FROM cars"))
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo("query/unsupported"));
    }

    private static int cars(Ditto ditto) throws DittoException {
        try (DittoQueryResult result = ditto.store.execute("SELECT COUNT(*) AS n FROM cars")) {
            return result.getItems().getFirst().getValue().get("n").asInt();
        }
    }

    private static void awaitCars(Ditto ditto, int count) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (cars(ditto) != count && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(cars(ditto)).isEqualTo(count);
    }
}
