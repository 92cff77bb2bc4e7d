package io.ibid.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.Ditto;
import io.ibid.DittoAsyncCancellable;
import io.ibid.DittoClosedException;
import io.ibid.DittoConditionSource;
import io.ibid.DittoConfig;
import io.ibid.DittoException;
import io.ibid.DittoFactory;
import io.ibid.DittoStoreObserver;
import io.ibid.DittoSyncSubscription;
import io.ibid.DittoTransportCondition;
import io.ibid.DittoTransportConditionEvent;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LifecycleAcceptanceTest {
    @TempDir
    Path directory;

    private Peers peers;
    private Ditto ditto;

    @BeforeEach
    void open() {
        peers = new Peers(directory);
        ditto = peers.open("a");
    }

    @AfterEach
    void close() {
        peers.close();
    }

    @Test
    void a_second_open_fails_fast() {
        long begun = System.nanoTime();
        assertThatThrownBy(() -> peers.open("a"))
                .isInstanceOfSatisfying(DittoException.StoreException.class, e -> {
                    assertThat(e.getCode()).isEqualTo("store/persistence-directory-locked");
                    assertThat(e.getReason())
                            .isEqualTo(new DittoException.StoreExceptionReason.PersistenceDirectoryLocked());
                })
                .hasMessageContaining(directory.resolve("a").toString());
        assertThat(System.nanoTime() - begun).isLessThan(3_000_000_000L);
    }

    @Test
    void close_is_idempotent_from_many_threads_and_reopening_works() throws Exception {
        Peers.insert(ditto, "orders", Map.of("_id", "1"));
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> Thread.ofPlatform().start(ditto::close))
                .toList();
        ditto.close();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(ditto.isClosed()).isTrue();
        assertThat(Peers.count(peers.open("a"), "orders")).isEqualTo(1);
    }

    @Test
    void everything_local_works_before_start() throws Exception {
        List<Integer> seen = new CopyOnWriteArrayList<>();
        ditto.store.registerObserver(
                "SELECT * FROM orders", result -> seen.add(result.getItems().size()));
        Peers.insert(ditto, "orders", Map.of("_id", "1"));
        Peers.eventually(() -> seen.contains(1));
        assertThat(ditto.sync.isActive()).isFalse();
        assertThat(ditto.getPresence().getGraph().getRemotePeers()).isEmpty();
        assertThat(ditto.isActivated()).isTrue();
    }

    @Test
    void after_close_calls_fail_as_documented_and_handles_are_cancelled() throws Exception {
        DittoStoreObserver observer = ditto.getStore().registerObserver("SELECT * FROM orders", result -> {});
        DittoSyncSubscription subscription = ditto.getSync().registerSubscription("SELECT * FROM orders");
        ditto.close();
        assertThat(observer.isClosed()).isTrue();
        assertThat(subscription.isClosed()).isTrue();
        observer.close();
        subscription.close();
        String code = "store/closed";
        assertThatThrownBy(() -> ditto.getSync().start())
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo(code));
        assertThatThrownBy(() -> ditto.getSync().registerSubscription("SELECT * FROM orders"))
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo(code));
        assertThatThrownBy(() -> ditto.getStore().registerObserver("SELECT * FROM orders", result -> {}))
                .isInstanceOfSatisfying(
                        DittoException.StoreException.class,
                        e -> assertThat(e.getCode()).isEqualTo(code));
        assertThatThrownBy(() -> ditto.getPresence().getGraph()).isInstanceOf(DittoClosedException.class);
        assertThatThrownBy(() -> ditto.getDiskUsage().getCurrent()).isInstanceOf(DittoClosedException.class);
        assertThatThrownBy(() -> ditto.setDeviceName("x")).isInstanceOf(DittoClosedException.class);
        ditto.stopSync();
        assertThat(ditto.getConfig().getDatabaseId()).isEqualTo("shop");
        assertThat(ditto.getAbsolutePersistenceDirectory())
                .isEqualTo(directory.resolve("a").toString());
        assertThat(ditto.getDeviceName()).isNotEmpty();
    }

    @Test
    void close_inside_an_observer_does_not_wait_for_it() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        ditto.store.registerObserver("SELECT * FROM orders", result -> {
            ditto.close();
            closed.countDown();
        });
        closed.await();
        assertThat(ditto.isClosed()).isTrue();
    }

    @Test
    void close_inside_a_stage_does_not_wait_for_it() throws Exception {
        Peers.await(ditto.getStore().execute("SELECT * FROM orders").thenRun(ditto::close));
        assertThat(ditto.isClosed()).isTrue();
    }

    @Test
    void start_succeeds_without_a_token_is_idempotent_and_safe_from_many_threads() throws Exception {
        ditto.getSync().start();
        ditto.getSync().start();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> Thread.ofPlatform().start(() -> {
                    for (int n = 0; n < 10; n++) {
                        if ((i & 1) == 0) {
                            ditto.sync.stop();
                        } else {
                            try {
                                ditto.sync.start();
                            } catch (DittoException e) {
                                throw new AssertionError(e);
                            }
                        }
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        ditto.getSync().start();
        assertThat(ditto.getSync().isActive()).isTrue();
        ditto.getSync().stop();
        ditto.getSync().stop();
        assertThat(ditto.getSync().isActive()).isFalse();
    }

    @Test
    void an_unawaited_alter_system_before_start_is_in_force() throws Exception {
        Ditto other = peers.open("b");
        Peers.connect(ditto, other);
        other.sync.registerSubscription("SELECT * FROM secrets");
        other.sync.registerSubscription("SELECT * FROM orders");
        other.sync.start();
        Peers.insert(ditto, "secrets", Map.of("_id", "1"));
        ditto.getStore()
                .execute(
                        "ALTER SYSTEM SET USER_COLLECTION_SYNC_SCOPES = :syncScopes",
                        Map.of("syncScopes", Map.of("secrets", "LocalPeerOnly")));
        ditto.getStore().execute("INSERT INTO orders DOCUMENTS ({'_id': 'before start'})");
        ditto.getSync().start();
        Peers.eventually(() -> Peers.count(other, "orders") == 1);
        assertThat(Peers.count(other, "secrets")).isZero();
    }

    @Test
    void alter_system_and_show_are_done_when_the_call_returns() {
        assertThat(ditto.getStore()
                        .execute("ALTER SYSTEM SET DQL_STRICT_MODE = true")
                        .toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(5));
        var strict = ditto.getStore()
                .execute(
                        "show dql_strict_mode",
                        result -> result.getItems()
                                .getFirst()
                                .getValue()
                                .get("dql_strict_mode")
                                .asBoolean());
        assertThat(strict.toCompletableFuture().join()).isTrue();
    }

    @Test
    void transport_settings_apply_while_sync_runs_and_bad_ones_show_as_a_condition() throws Exception {
        Ditto other = peers.open("b");
        other.sync.registerSubscription("SELECT * FROM orders");
        ditto.sync.start();
        other.sync.start();
        Peers.insert(ditto, "orders", Map.of("_id", "1"));
        Peers.connect(ditto, other);
        Peers.eventually(() -> Peers.count(other, "orders") == 1);
        List<DittoTransportConditionEvent> events = new CopyOnWriteArrayList<>();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DittoAsyncCancellable observing = ditto.observeTransportConditions(events::add)) {
            Peers.eventually(() -> events.contains(
                    new DittoTransportConditionEvent(DittoConditionSource.Tcp, DittoTransportCondition.Ok)));
            ditto.updateTransportConfig(config -> config.listen().tcp().port(taken.getLocalPort()));
            Peers.eventually(() -> events.contains(new DittoTransportConditionEvent(
                    DittoConditionSource.Tcp, DittoTransportCondition.TcpListenFailure)));
            assertThat(events)
                    .contains(new DittoTransportConditionEvent(
                            DittoConditionSource.Bluetooth, DittoTransportCondition.NoBleHardware));
            assertThat(observing).isNotNull();
        }
        assertThat(ditto.sync.isActive()).isTrue();
    }

    @Test
    void nothing_but_what_a_change_takes_away_is_disconnected() throws Exception {
        Ditto other = peers.open("b");
        Peers.connect(ditto, other);
        ditto.sync.start();
        other.sync.start();
        Peers.eventually(() -> other.presence.getGraph().getRemotePeers().size() == 1);
        other.updateTransportConfig(config -> config.connect().tcpServers().clear());
        Peers.eventually(() -> other.presence.getGraph().getRemotePeers().isEmpty());
    }

    @Test
    void a_directory_of_another_database_is_refused_naming_both() {
        ditto.close();
        assertThatThrownBy(() -> DittoFactory.create(new DittoConfig.Builder("other")
                        .persistenceDirectory(directory.resolve("a"))
                        .build()))
                .isInstanceOf(DittoException.StoreException.class)
                .hasMessageContaining("shop")
                .hasMessageContaining("other");
    }

    @Test
    void a_licence_token_is_accepted_and_a_blank_one_is_not() throws Exception {
        ditto.setOfflineOnlyLicenseToken("o2d1c2VyX2lk");
        assertThatThrownBy(() -> ditto.setOfflineOnlyLicenseToken(" "))
                .isInstanceOfSatisfying(
                        DittoException.ActivationException.class,
                        e -> assertThat(e.getCode()).isEqualTo("activation/license-token-verification-failed"))
                .hasMessage("Please provide a valid license token.");
    }

    @Test
    void a_device_name_is_cut_to_24_bytes_of_whole_characters() {
        ditto.setDeviceName("0123456789012345678901234");
        assertThat(ditto.getDeviceName()).isEqualTo("012345678901234567890123");
        ditto.setDeviceName("ööööööööööööö");
        assertThat(ditto.getDeviceName()).isEqualTo("öööööööööööö");
        ditto.setDeviceName("12345678901234567890123😀");
        assertThat(ditto.getDeviceName()).isEqualTo("12345678901234567890123");
    }

    @Test
    void the_configuration_reads_back_without_the_key() {
        assertThat(ditto.getConfig().getPersistenceDirectory())
                .isEqualTo(directory.resolve("a").toFile());
        assertThat(Files.exists(directory.resolve("a").resolve("__ditto_lock"))).isTrue();
    }
}
