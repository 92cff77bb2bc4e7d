package io.ibid.server;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.websocket.WsRouting;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.server.sync.SyncService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One database behind one open port. */
final class HttpEndpoint implements AutoCloseable {
    private final WebServer server;
    private final StatementPool pool;
    private final String host;

    private HttpEndpoint(WebServer server, StatementPool pool, String host) {
        this.server = server;
        this.pool = pool;
        this.host = host;
    }

    /** Statements only. */
    static HttpEndpoint open(ServedDatabase database, String host, int port, ApiKey key, Limits limits) {
        return open(database, host, port, key, limits, null);
    }

    /**
     * @param port 0 for any free one
     * @param sync logins and WebSockets of devices; null: none
     * @throws IbidException {@code transport/identity-required} for an address that others can reach,
     *     {@code transport/listen-failed} when the port cannot be had
     */
    static HttpEndpoint open(
            ServedDatabase database, String host, int port, ApiKey key, Limits limits, @Nullable SyncService sync) {
        InetAddress address = address(host, port);
        StatementPool pool = new StatementPool("http", limits);
        ExecuteHandler executeHandler = new ExecuteHandler(database, limits, key, pool);
        HttpRouting.Builder routing = HttpRouting.builder();
        WsRouting.Builder sockets = WsRouting.builder();
        if (sync != null) {
            sync.addTo(routing);
            sockets = sync.sockets();
        }
        WebServer server = WebServer.builder()
                .address(address)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofMillis(500))
                // Also ends what is not idle but slow: a body that trickles in, an answer that nobody reads.
                .idleConnectionTimeout(Duration.ofMinutes(10))
                // A guard for a single huge chunk only; what is above our own limit gets a better answer from
                // RequestBody.
                .maxPayloadSize(4L * limits.bodyBytesMax())
                .addProtocol(Http1Config.builder()
                        .addReceiveListener(new ClientWatch.Listener())
                        .build())
                .directHandlers(PlainErrors.handlers(limits))
                .addRouting(routing.any(new Dispatcher(database.id(), executeHandler)))
                .addRouting(sockets)
                .build();
        try {
            requireFree(address, host, port);
            server.start();
            if (!server.isRunning()) { // a failure to listen is only logged by the web server
                throw listenFailed(host, port, "the address was taken at this moment", null);
            }
            return new HttpEndpoint(server, pool, host);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** The web server logs why it cannot listen, and goes on; so find out before. */
    private static void requireFree(InetAddress address, String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            throw listenFailed(host, port, Character.toLowerCase(reason.charAt(0)) + reason.substring(1), e);
        }
    }

    private static IbidException listenFailed(String host, int port, String reason, @Nullable Throwable cause) {
        return new IbidException(
                ErrorCode.TRANSPORT_LISTEN_FAILED,
                "cannot listen on " + host + ":" + port + " for HTTP: " + reason,
                cause);
    }

    private static InetAddress address(String host, int port) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (!address.isLoopbackAddress()) {
                throw new IbidException(
                        ErrorCode.TRANSPORT_IDENTITY_REQUIRED,
                        "refusing to serve HTTP on " + host + ":" + port
                                + ": this version has no identities and no TLS yet, so it serves loopback addresses only");
            }
            return address;
        } catch (UnknownHostException e) {
            throw listenFailed(host, port, "unknown host", e);
        }
    }

    String host() {
        return host;
    }

    /** The port in use, also when any free one was asked for. */
    int port() {
        return server.port();
    }

    /** Takes no more statements, lets the running ones end, then stops. */
    @Override
    public void close() {
        pool.close();
        server.stop();
    }
}
