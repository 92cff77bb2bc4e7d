package io.ibid.server.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsSession;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.sync.PeerKey;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.HttpListener;
import io.ibid.peer.runtime.HttpOptions;
import io.ibid.peer.runtime.HttpServer;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.transport.Logins;
import io.ibid.peer.transport.ServerAddress;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SyncOverWebSocketTest {
    private static final String TOKEN = "open sesame";

    @TempDir
    Path directory;

    private OpenDatabase server;
    private HttpServer http;
    private OpenDatabase device;

    @BeforeEach
    void open() {
        server = OpenDatabase.open(DatabaseOptions.server(directory.resolve("server"), "shop"));
        http = HttpListener.find().start(server, new HttpOptions("127.0.0.1", 0, "a key for these tests", TOKEN));
        server.startSync(List.of(), List.of());
        device = OpenDatabase.open(DatabaseOptions.peer(directory.resolve("device"), "shop"));
    }

    @AfterEach
    void close() {
        device.close();
        http.close();
        server.close();
    }

    private String url() {
        return "http://127.0.0.1:" + http.port();
    }

    private ServerAddress address() {
        return ServerAddress.parse(url());
    }

    private static void run(OpenDatabase database, String statement) {
        database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.STANDARD).close();
    }

    private static long count(OpenDatabase database, String collection) {
        try (Execution result = database.execute(
                "SELECT COUNT(*) AS n FROM " + collection, Value.Struct.EMPTY, ExecuteOptions.STANDARD)) {
            return ((Value.Int) result.next().value().get("n")).value();
        }
    }

    private static void await(OpenDatabase database, String collection, long documents) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (count(database, collection) != documents) {
            assertThat(System.nanoTime()).as("documents of " + collection).isLessThan(end);
            Thread.sleep(5);
        }
    }

    @Test
    void a_device_that_logs_in_syncs_both_ways_and_again_after_an_interruption() throws Exception {
        device.logins().use(address(), Logins.DEVELOPMENT, TOKEN);
        device.subscribe("SELECT * FROM orders", Value.Struct.EMPTY);
        run(server, "INSERT INTO orders DOCUMENTS ({'_id': 's'})");
        run(device, "INSERT INTO orders DOCUMENTS ({'_id': 'd'})");
        device.startSync(List.of(), List.of(url()));
        await(device, "orders", 2);
        await(server, "orders", 2);
        device.stopSync();
        run(server, "INSERT INTO orders DOCUMENTS ({'_id': 'later'})");
        device.startSync(List.of(), List.of(url()));
        await(device, "orders", 3);
    }

    @Test
    void documents_larger_than_a_frame_pass() throws Exception {
        device.logins().use(address(), Logins.DEVELOPMENT, TOKEN);
        device.subscribe("SELECT * FROM big", Value.Struct.EMPTY);
        device.startSync(List.of(), List.of(url()));
        for (OpenDatabase from : List.of(server, device)) {
            Value.Struct arguments = Value.Struct.builder(1)
                    .put("text", Value.of("x".repeat(3 << 20)))
                    .build();
            from.execute("INSERT INTO big DOCUMENTS ({'text': :text})", arguments, ExecuteOptions.STANDARD)
                    .close();
        }
        await(device, "big", 2);
        await(server, "big", 2);
    }

    @Test
    void a_wrong_token_is_refused_and_nothing_syncs() throws Exception {
        assertThatThrownBy(() -> device.logins().login(address(), Logins.DEVELOPMENT, "wrong"))
                .isInstanceOf(IbidException.class)
                .hasMessage("the server refuses the login: the token is not the one of this server")
                .extracting(e -> ((IbidException) e).code())
                .isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
        assertThatThrownBy(() -> device.logins().login(address(), "my-provider", TOKEN))
                .hasMessageContaining("knows no provider \"my-provider\"");
        device.logins().use(address(), Logins.DEVELOPMENT, "wrong");
        device.subscribe("SELECT * FROM orders", Value.Struct.EMPTY);
        run(device, "INSERT INTO orders DOCUMENTS ({'_id': 'd'})");
        device.startSync(List.of(), List.of(url()));
        Thread.sleep(1_500);
        assertThat(count(server, "orders")).isZero();
        device.logins().use(address(), Logins.DEVELOPMENT, TOKEN);
        await(server, "orders", 1);
    }

    @Test
    void a_login_tells_who_the_user_is_and_how_long_it_lasts() throws IOException {
        Logins.Login login = device.logins().login(address(), Logins.DEVELOPMENT, TOKEN);
        assertThat(login.left()).isBetween(Duration.ofDays(7).minusMinutes(2), Duration.ofDays(7));
        assertThat(login.toString()).doesNotContain(login.credential());
        assertThat(device.logins().current(address())).isEqualTo(login);
        device.logins().forget(address());
        assertThat(device.logins().current(address())).isNull();
    }

    @Test
    void the_login_of_another_device_is_no_use() throws Exception {
        String stolen;
        try (OpenDatabase other = OpenDatabase.open(DatabaseOptions.peer(directory.resolve("other"), "shop"))) {
            stolen = other.logins().login(address(), Logins.DEVELOPMENT, TOKEN).credential();
        }
        DeviceTokens tokens = new DeviceTokens("shop", server.deviceKeys(), InstantSource.system());
        assertThat(tokens.validUntil(stolen, device.peerKey())).isNull();
        assertThat(tokens.validUntil(tokens.challenge(), device.peerKey())).isNull();
        assertThat(tokens.validUntil("no token", device.peerKey())).isNull();
        assertThat(tokens.validUntil(tokens.issue(device.peerKey(), Duration.ofSeconds(-1)), device.peerKey()))
                .isNull();
        assertThat(tokens.validUntil(tokens.issue(device.peerKey(), Duration.ofMinutes(1)), device.peerKey()))
                .isNotNull();
        assertThat(new DeviceTokens("other-shop", server.deviceKeys(), InstantSource.system())
                        .validUntil(tokens.issue(device.peerKey(), Duration.ofMinutes(1)), device.peerKey()))
                .isNull();
    }

    @Test
    void a_session_needs_a_login_and_ends_with_it() throws Exception {
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        InstantSource clock = () -> now[0];
        DeviceTokens tokens = new DeviceTokens("shop", server.deviceKeys(), clock);
        byte[] key = PeerKey.parse(device.peerKey()).bytes();
        byte[] login = tokens.issue(device.peerKey(), Duration.ofHours(1)).getBytes(StandardCharsets.US_ASCII);
        SyncSocket socket = new SyncSocket(tokens, clock, wire -> {});
        WsSession connection = (WsSession) Proxy.newProxyInstance(
                WsSession.class.getClassLoader(), new Class<?>[] {WsSession.class}, (proxy, method, arguments) -> null);
        assertThat(socket.refusal(key, false, new byte[0]))
                .isEqualTo("the login is missing, expired or of another device");
        assertThat(socket.refusal(PeerKey.parse(server.peerKey()).bytes(), false, login))
                .isEqualTo("the login is missing, expired or of another device");
        assertThat(socket.refusal(key, true, login)).isEqualTo("a server does not log in as a device");
        assertThat(socket.refusal(key, false, login)).isNull();
        socket.onMessage(connection, BufferData.create(new byte[] {1, 2, 3}), true);
        assertThat(socket.read()).containsExactly(1, 2, 3);
        now[0] = now[0].plus(Duration.ofHours(2));
        socket.onMessage(connection, BufferData.create(new byte[] {1, 2, 3}), true);
        assertThatThrownBy(socket::read).isInstanceOf(IOException.class).hasMessage("the login has expired");
        assertThat(socket.refusal(key, false, login)).contains("expired");
    }

    @Test
    void what_is_no_login_gets_a_reason() throws Exception {
        assertThat(post("{")).startsWith("400 ").contains("the body is not a JSON object");
        assertThat(post("{}")).startsWith("401 ").contains("this server has no database");
        assertThat(post("{'databaseID': 'shop', 'provider': '__playgroundProvider', 'token': 'open sesame'}"
                        .replace('\'', '"')))
                .startsWith("401 ")
                .contains("the challenge is not of this server");
        String challenge = new DeviceTokens("shop", server.deviceKeys(), InstantSource.system()).challenge();
        assertThat(post(("{'appID': 'shop', 'provider': '__playgroundProvider', 'token': 'open sesame', 'challenge': '"
                                + challenge + "', 'signature': 'AAAA', 'peerKey': '" + device.peerKey() + "'}")
                        .replace('\'', '"')))
                .startsWith("401 ")
                .contains("the signature of the challenge is not by the peer key");
        HttpResponse<String> asked = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url() + "/_ditto/auth/login"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(asked.statusCode()).isEqualTo(405);
        assertThat(asked.body()).contains("HTTP method not allowed");
    }

    private String post(String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url() + "/_ditto/auth/login"))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(Json.parse(answer.body())).isInstanceOf(Value.Struct.class);
        return answer.statusCode() + " " + answer.body();
    }

    /** Somebody else's program at the WebSocket. */
    private static final class Stranger implements WebSocket.Listener {
        final CompletableFuture<String> ended = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            ended.complete("closed");
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended.complete("error");
        }
    }

    private Stranger connect(Consumer<WebSocket> does) {
        Stranger stranger = new Stranger();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address().uri(), stranger)
                .join();
        does.accept(socket);
        return stranger;
    }

    @Test
    void strangers_are_cut_and_devices_are_served_all_the_same() throws Exception {
        Stranger text = connect(socket -> socket.sendText("hello", true).join());
        Stranger garbage = connect(socket ->
                socket.sendBinary(ByteBuffer.wrap(new byte[100]), true).join());
        Stranger tiny = connect(
                socket -> socket.sendBinary(ByteBuffer.wrap(new byte[1]), true).join());
        assertThat(text.ended.get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(garbage.ended.get(20, TimeUnit.SECONDS)).isNotNull();
        assertThat(tiny.ended.get(20, TimeUnit.SECONDS)).isNotNull();
        a_device_that_logs_in_syncs_both_ways_and_again_after_an_interruption();
    }

    @Test
    void a_server_on_another_machine_is_reached_by_tls_only() {
        assertThatThrownBy(() ->
                        device.logins().login(ServerAddress.parse("http://192.0.2.1:4080"), Logins.DEVELOPMENT, TOKEN))
                .isInstanceOf(IbidException.class)
                .hasMessageContaining("reached by https or wss only");
    }
}
