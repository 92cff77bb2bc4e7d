package io.ibid.server.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.Ditto;
import io.ibid.DittoAuthenticationProvider;
import io.ibid.DittoConfig;
import io.ibid.DittoException;
import io.ibid.DittoFactory;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.HttpListener;
import io.ibid.peer.runtime.HttpOptions;
import io.ibid.peer.runtime.HttpServer;
import io.ibid.peer.runtime.OpenDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that connects to a server, as the quick starts do it. */
@Timeout(120)
class ServerAppTest {
    @TempDir
    Path directory;

    private OpenDatabase server;
    private HttpServer http;

    @BeforeEach
    void open() {
        server = OpenDatabase.open(DatabaseOptions.server(directory.resolve("server"), "tasks"));
        http = HttpListener.find().start(server, new HttpOptions("127.0.0.1", 0, "a key for these tests", "token"));
        server.startSync(List.of(), List.of());
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private Ditto app(String name) {
        return DittoFactory.create(new DittoConfig.Builder("tasks")
                .serverConnect("http://127.0.0.1:" + http.port())
                .persistenceDirectory(directory.resolve(name))
                .build());
    }

    private long tasksOfTheServer() {
        try (Execution result =
                server.execute("SELECT COUNT(*) AS n FROM tasks", Value.Struct.EMPTY, ExecuteOptions.STANDARD)) {
            return ((Value.Int) result.next().value().get("n")).value();
        }
    }

    private void awaitTasksOfTheServer(long number) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (tasksOfTheServer() != number) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void an_app_logs_in_when_it_is_asked_to_and_syncs_with_the_server() throws Exception {
        BlockingQueue<Duration> asked = new LinkedBlockingQueue<>();
        BlockingQueue<String> titles = new LinkedBlockingQueue<>();
        try (Ditto ditto = app("app")) {
            ditto.getAuth().setExpirationHandler((instance, left) -> {
                asked.add(left);
                return instance.getAuth()
                        .login("token", DittoAuthenticationProvider.development())
                        .thenRun(() -> {});
            });
            assertThat(ditto.getAuth().getStatus().isAuthenticated()).isFalse();
            ditto.getSync().registerSubscription("SELECT * FROM tasks");
            ditto.getStore()
                    .registerObserver(
                            "SELECT * FROM tasks",
                            result -> result.getItems()
                                    .forEach(item -> titles.add(
                                            String.valueOf(item.getValue().get("title"))
                                                    .replace("\"", ""))));
            ditto.getSync().start();
            assertThat(asked.poll(60, TimeUnit.SECONDS)).isEqualTo(Duration.ZERO);
            ditto.store
                    .execute("INSERT INTO tasks DOCUMENTS (:task)", Map.of("task", Map.of("title", "milk")))
                    .close();
            assertThat(titles.poll(60, TimeUnit.SECONDS)).isEqualTo("milk");
            awaitTasksOfTheServer(1);
            assertThat(ditto.getAuth().getStatus().isAuthenticated()).isTrue();
            server.execute(
                            "INSERT INTO tasks DOCUMENTS ({'title': 'bread'})",
                            Value.Struct.EMPTY,
                            ExecuteOptions.STANDARD)
                    .close();
            String title = titles.poll(60, TimeUnit.SECONDS);
            while ("milk".equals(title)) {
                title = titles.poll(60, TimeUnit.SECONDS);
            }
            assertThat(title).isEqualTo("bread");
            ditto.getSync().stop();
            assertThat(asked).isEmpty();
            ditto.getAuth().logout();
            assertThat(ditto.getAuth().getStatus().isAuthenticated()).isFalse();
        }
    }

    @Test
    void a_wrong_token_is_a_value_of_the_login_and_nothing_syncs_until_a_right_one_comes() throws Exception {
        AtomicReference<String> token = new AtomicReference<>("wrong");
        BlockingQueue<DittoException> refusals = new LinkedBlockingQueue<>();
        try (Ditto ditto = app("app")) {
            ditto.getAuth().setExpirationHandler((instance, left) -> {
                CompletableFuture<Void> tried = new CompletableFuture<>();
                instance.getAuth().login(token.get(), DittoAuthenticationProvider.development(), exception -> {
                    if (exception != null) {
                        refusals.add(exception);
                    }
                    tried.complete(null);
                });
                return tried;
            });
            ditto.store
                    .execute("INSERT INTO tasks DOCUMENTS ({'title': 'milk'})")
                    .close();
            ditto.getSync().start();
            DittoException refusal = refusals.poll(60, TimeUnit.SECONDS);
            assertThat(refusal).isInstanceOf(DittoException.AuthenticationException.class);
            assertThat(refusal.getCode()).isEqualTo("authentication/failed-to-authenticate");
            assertThat(refusal).hasMessageContaining("the token is not the one of this server");
            Thread.sleep(500);
            assertThat(tasksOfTheServer()).isZero();
            token.set("token");
            awaitTasksOfTheServer(1); // it is asked again after a while
        }
    }

    @Test
    void a_handler_that_throws_does_not_end_anything() throws Exception {
        AtomicReference<Boolean> fails = new AtomicReference<>(true);
        try (Ditto ditto = app("app")) {
            ditto.getAuth().setExpirationHandler((instance, left) -> {
                if (fails.getAndSet(false)) {
                    throw new IllegalStateException("the app's own mistake");
                }
                return instance.getAuth()
                        .login("token", DittoAuthenticationProvider.development())
                        .thenRun(() -> {});
            });
            ditto.store
                    .execute("INSERT INTO tasks DOCUMENTS ({'title': 'milk'})")
                    .close();
            ditto.getSync().start();
            awaitTasksOfTheServer(1);
        }
    }

    @Test
    void a_server_on_another_machine_has_to_be_reached_by_tls() {
        try (Ditto ditto = DittoFactory.create(new DittoConfig.Builder("tasks")
                .serverConnect("http://192.0.2.1:4080")
                .persistenceDirectory(directory.resolve("far"))
                .build())) {
            ditto.getAuth().setExpirationHandler((instance, left) -> CompletableFuture.completedFuture(null));
            assertThatThrownBy(() -> ditto.getSync().start())
                    .isInstanceOfSatisfying(
                            DittoException.class, e -> assertThat(e.getCode()).isEqualTo("transport/tls-required"));
        }
    }
}
