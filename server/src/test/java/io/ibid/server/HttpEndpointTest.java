package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpEndpointTest {
    private static final Limits LIMITS = TestServer.limits(Duration.ofSeconds(5), 4, 8);

    @TempDir
    Path directory;

    private HttpEndpoint open(String host, int port) {
        return HttpEndpoint.open(new ScriptedDatabase(directory), host, port, ApiKey.of(TestServer.KEY), LIMITS);
    }

    @Test
    void a_port_in_use_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> open("127.0.0.1", port))
                    .isInstanceOfSatisfying(
                            IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRANSPORT_LISTEN_FAILED))
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + port + " for HTTP: address already in use");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void an_address_that_others_can_reach_is_refused(String host) {
        assertThatThrownBy(() -> open(host, 0))
                .isInstanceOfSatisfying(
                        IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRANSPORT_IDENTITY_REQUIRED))
                .hasMessageContaining(host + ":0");
    }

    @Test
    void a_host_that_does_not_exist_is_named() {
        assertThatThrownBy(() -> open("no-such-host.invalid", 0))
                .isInstanceOf(IbidException.class)
                .hasMessageContaining("no-such-host.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void port_0_is_any_free_port_of_a_loopback_address(String host) {
        try (HttpEndpoint endpoint = open(host, 0)) {
            assertThat(endpoint.port()).isPositive();
            assertThat(endpoint.host()).isEqualTo(host);
        }
    }

    @Test
    void a_closed_server_gives_its_port_free_at_once() throws Exception {
        TestServer server = new TestServer(directory, LIMITS);
        int port = server.endpoint.port();
        assertThat(server.execute("ROWS 1 1").statusCode()).isEqualTo(200);
        server.endpoint.close();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
        open("127.0.0.1", port).close();
        server.client.close();
    }
}
