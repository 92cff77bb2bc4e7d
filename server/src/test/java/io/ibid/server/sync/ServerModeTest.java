package io.ibid.server.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.Ditto;
import io.ibid.DittoAuthenticationProvider;
import io.ibid.DittoAuthenticator;
import io.ibid.DittoConfig;
import io.ibid.DittoException;
import io.ibid.DittoFactory;
import io.ibid.DittoQueryResult;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.HttpListener;
import io.ibid.peer.runtime.HttpOptions;
import io.ibid.peer.runtime.HttpServer;
import io.ibid.peer.runtime.OpenDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that connects to a server, as the guides write one: expiration handler, subscription, observer, statements, presence. */
@Timeout(120)
class ServerModeTest {
    private static final String TOKEN = "open sesame";

    @TempDir
    Path directory;

    private OpenDatabase server;
    private HttpServer http;

    @BeforeEach
    void open() {
        server = OpenDatabase.open(DatabaseOptions.server(directory.resolve("server"), "shop"));
        http = HttpListener.find().start(server, new HttpOptions("127.0.0.1", 0, "a key for these tests", TOKEN));
        server.startSync(List.of(), List.of());
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private Ditto device(String name) {
        return DittoFactory.create(new DittoConfig.Builder("shop")
                .serverConnect("http://127.0.0.1:" + http.port())
                .persistenceDirectory(directory.resolve(name))
                .build());
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static void eventually(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void two_applications_sync_over_a_server_that_they_log_in_at() throws Exception {
        try (Ditto one = device("one");
                Ditto two = device("two")) {
            List<Duration> asked = new CopyOnWriteArrayList<>();
            for (Ditto ditto : List.of(one, two)) {
                ditto.getAuth().setExpirationHandler((it, left) -> {
                    asked.add(left);
                    return it.getAuth()
                            .login(TOKEN, DittoAuthenticationProvider.development())
                            .thenRun(() -> {});
                });
                ditto.getSync().registerSubscription("SELECT * FROM tasks");
                ditto.getSync().start();
            }
            BlockingQueue<String> seen = new LinkedBlockingQueue<>();
            two.getStore().registerObserver("SELECT * FROM tasks", result -> {
                for (var item : result.getItems()) {
                    seen.add(item.getValue().get("title").asString());
                }
            });
            long commit;
            try (DittoQueryResult result = await(one.getStore()
                    .executeRaw("INSERT INTO tasks DOCUMENTS (:task)", Map.of("task", Map.of("title", "buy milk"))))) {
                commit = result.getCommitId();
            }
            assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("buy milk");
            await(one.getSync().whenSyncedToServer(commit));
            assertThat(asked).startsWith(Duration.ZERO);
            assertThat(one.getAuth().getStatus().isAuthenticated()).isTrue();
            assertThat(one.getPresence().getGraph().getLocalPeer().isConnectedToDittoServer())
                    .isTrue();
            assertThat(one.getPresence().getGraph().getRemotePeers()).isEmpty();
            one.getAuth().logout();
            assertThat(one.getSync().isActive()).isFalse();
            assertThat(one.getAuth().getStatus().isAuthenticated()).isFalse();
        }
    }

    @Test
    void a_wrong_token_is_the_value_of_the_login_and_nothing_syncs() throws Exception {
        try (Ditto ditto = device("one")) {
            DittoAuthenticator auth = ditto.getAuth();
            BlockingQueue<DittoAuthenticator.LoginResult> logins = new LinkedBlockingQueue<>();
            auth.setExpirationHandler((it, left) -> it.getAuth()
                    .login("wrong", DittoAuthenticationProvider.development())
                    .thenAccept(logins::add));
            ditto.store.execute("INSERT INTO tasks DOCUMENTS ({'_id': 1})").close();
            ditto.getSync().start();
            DittoAuthenticator.LoginResult refused = logins.poll(30, TimeUnit.SECONDS);
            assertThat(refused.exception())
                    .isInstanceOfSatisfying(
                            DittoException.AuthenticationException.class,
                            e -> assertThat(e.getCode()).isEqualTo("authentication/failed-to-authenticate"));
            Thread.sleep(1_000);
            assertThat(ditto.getPresence().getGraph().getLocalPeer().isConnectedToDittoServer())
                    .isFalse();
            eventually(() -> ditto.getSync().isActive());
        }
    }

    @Test
    void start_without_a_handler_and_without_tls_beyond_this_machine_fail() throws Exception {
        try (Ditto ditto = device("one")) {
            assertThatThrownBy(() -> ditto.getSync().start())
                    .isInstanceOf(DittoException.AuthenticationException.class);
        }
        try (Ditto ditto = DittoFactory.create(new DittoConfig.Builder("shop")
                .serverConnect("http://192.0.2.1:80")
                .persistenceDirectory(directory.resolve("two"))
                .build())) {
            ditto.getAuth()
                    .setExpirationHandler(
                            (it, left) -> it.getAuth().login("t", "p").thenRun(() -> {}));
            assertThatThrownBy(() -> ditto.getSync().start())
                    .isInstanceOfSatisfying(
                            DittoException.TransportException.class,
                            e -> assertThat(e.getCode()).isEqualTo("transport/tls-required"));
        }
    }
}
