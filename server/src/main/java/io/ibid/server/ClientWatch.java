package io.ibid.server;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the client of the running request still is there.
 *
 * <p>While a statement runs nobody reads from its connection, so nobody would learn of its end. A watch reads ahead: a virtual
 * thread waits for the first byte after the request, which does not come before the answer, or for the end. Such a reader cannot be
 * called back, so a connection that was watched must be closed after its answer. A handler has no way to its connection, but a
 * connection listener does, and it is called in the connection's own thread before each request.
 */
final class ClientWatch {
    private static final ThreadLocal<@Nullable ConnectionContext> CONNECTIONS = new ThreadLocal<>();

    private final @Nullable ConnectionContext connection;
    private boolean watching;
    private volatile boolean gone;

    private ClientWatch(@Nullable ConnectionContext connection) {
        this.connection = connection;
    }

    /** A watch over the connection that the calling thread serves; it does not begin by itself. */
    static ClientWatch current() {
        return new ClientWatch(CONNECTIONS.get());
    }

    /** Begins to watch. The body of the request must have been read by then. */
    void begin() {
        if (connection == null || watching) {
            return;
        }
        watching = true;
        DataReader reader = connection.dataReader();
        Thread.ofVirtual().name("http-client-watch").start(() -> {
            try {
                reader.ensureAvailable();
            } catch (RuntimeException e) { // the end of the stream and every failure mean the same here
                gone = true;
            }
        });
    }

    /** Whether the connection has to be closed after the answer. */
    boolean hasBegun() {
        return watching;
    }

    boolean isGone() {
        return gone;
    }

    /** Notes the connection of each thread; given to the web server. */
    static final class Listener implements Http1ConnectionListener {
        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
            CONNECTIONS.set(context);
        }
    }
}
