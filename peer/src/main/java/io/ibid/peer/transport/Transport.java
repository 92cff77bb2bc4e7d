package io.ibid.peer.transport;

import io.ibid.core.env.Link;
import io.ibid.core.env.Links;
import io.ibid.core.env.Logs;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The network side of one database: dials for the core, by TCP or TLS to peers and by WebSocket to servers, and listens for peers. Every event
 * is handed to the loop; no call blocks longer than it takes to bind a port.
 *
 * <p>Without a shared key peers cannot know each other, so that this neither listens nor dials beyond loopback addresses.
 */
public final class Transport implements Links, AutoCloseable {
    private static final Logger log = Logs.of(Transport.class);

    /** The greatest frame in either direction, compressed or expanded. */
    public static final int FRAME_BYTES_MAX = 1 << 20;

    private static final int CONNECT_MS_MAX = 10_000;
    private static final int BACKLOG = 1_024;
    private static final long ACCEPT_AGAIN_MS = 100;
    private static final long CLOSE_MS_MAX = 1_000;

    /** Connections that were accepted and have not shown a certificate yet. */
    private static final int GREETINGS_MAX = 256;

    private final Executor loop;
    private final @Nullable Tls tls;
    private final Logins logins;
    private @Nullable HttpClient client;
    private final Semaphore greetings = new Semaphore(GREETINGS_MAX);
    private final Set<WireLink> links = ConcurrentHashMap.newKeySet();
    private final Set<Listening> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Told about every accepted connection, on the loop. */
    @FunctionalInterface
    public interface Acceptor {
        /** The handler that is returned is told everything about the link from now on. */
        Link.Handler accepted(Link link);
    }

    /** An open port. Closing it leaves the links that it accepted alone. */
    public interface Listener extends AutoCloseable {
        /** The address it is bound to, with the port that was chosen when 0 was asked for. */
        PeerAddress address();

        @Override
        void close();
    }

    /**
     * @param loop runs the tasks it is given one after the other, in order, on the loop of the database
     * @param device the key pair of this device
     * @param peerKey its name
     * @param shared the key that all peers have who are let in; null: whoever is on this machine
     */
    public Transport(Executor loop, String databaseId, KeyPair device, String peerKey, @Nullable SharedKey shared) {
        this.loop = loop;
        this.tls = shared == null ? null : new Tls(shared, device, peerKey);
        this.logins = new Logins(this::client, databaseId, device, peerKey);
    }

    /** Made when it is needed: most databases never speak to a server. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .connectTimeout(Duration.ofMillis(CONNECT_MS_MAX))
                    .executor(task -> Thread.ofVirtual().name("ibid-http").start(task))
                    .build();
            client = made;
        }
        return made;
    }

    private synchronized void closeClient() {
        if (client != null) {
            client.shutdownNow();
        }
    }

    /** The logins at servers. */
    public Logins logins() {
        return logins;
    }

    /** Whether partners prove who they are. */
    public boolean isAuthenticated() {
        return tls != null;
    }

    /** A connection that something else has accepted. Any thread. */
    public void attach(Wire wire, Acceptor acceptor) {
        WireLink link = track(wire, false);
        if (!onLoop(() -> link.start(acceptor.accepted(link)))) {
            link.cut("the database is closed");
        }
    }

    /**
     * Opens a port.
     *
     * @throws IbidException {@code transport/listen-failed} when the address cannot be bound (in use, unknown host),
     *     {@code transport/identity-required} when it is reachable from other machines; both name the address
     */
    public Listener listen(PeerAddress address, Acceptor acceptor) {
        ServerSocket server;
        try {
            InetSocketAddress socketAddress = resolve(address);
            server = new ServerSocket();
            try {
                server.bind(socketAddress, BACKLOG);
            } catch (IOException taken) {
                server.close();
                throw taken;
            }
        } catch (UnknownHostException unknown) {
            throw listenFailed(address, "unknown host", unknown);
        } catch (IOException failed) {
            throw listenFailed(address, String.valueOf(failed.getMessage()), failed);
        }
        Listening listening = new Listening(server, acceptor);
        listeners.add(listening);
        listening.thread.start();
        return listening;
    }

    private static IbidException listenFailed(PeerAddress address, String why, IOException cause) {
        return new IbidException(ErrorCode.TRANSPORT_LISTEN_FAILED, "cannot listen on " + address + ": " + why, cause);
    }

    private InetSocketAddress resolve(PeerAddress address) throws UnknownHostException {
        return tls == null ? address.resolveLoopback() : address.resolve();
    }

    @Override
    public void dial(String address, Dialler dialler) {
        Thread.ofVirtual().name("ibid-dial-" + address).start(() -> {
            WireLink link;
            try {
                link = track(ServerAddress.isUrl(address) ? webSocket(address) : socket(address), true);
            } catch (UnknownHostException unknown) {
                onLoop(() -> dialler.failed("cannot connect to " + address + ": unknown host"));
                return;
            } catch (IOException failed) {
                onLoop(() -> dialler.failed("cannot connect to " + address + ": " + failed.getMessage()));
                return;
            } catch (IbidException refused) {
                onLoop(() -> dialler.failed(String.valueOf(refused.getMessage())));
                return;
            }
            if (!onLoop(() -> link.start(dialler.connected(link)))) {
                link.cut("the database is closed");
            }
        });
    }

    private Wire webSocket(String address) throws IOException {
        ServerAddress server = ServerAddress.parse(address);
        server.requireSafe();
        return WebSocketWire.dial(client(), server, logins.credential(server), FRAME_BYTES_MAX);
    }

    private Wire socket(String address) throws IOException {
        InetSocketAddress socketAddress = resolve(PeerAddress.parse(address));
        Socket socket = new Socket();
        boolean connected = false;
        try {
            socket.connect(socketAddress, CONNECT_MS_MAX);
            Wire wire = wire(socket, true);
            connected = true;
            return wire;
        } finally {
            if (!connected) {
                socket.close();
            }
        }
    }

    private Wire wire(Socket socket, boolean dialler) throws IOException {
        Tls securing = tls;
        if (securing == null) {
            return new SocketWire(socket, null, FRAME_BYTES_MAX);
        }
        SSLSocket secured = dialler ? securing.client(socket) : securing.server(socket);
        return new SocketWire(secured, Tls.partnerKey(secured), FRAME_BYTES_MAX);
    }

    private WireLink track(Wire wire, boolean dialler) {
        WireLink[] self = new WireLink[1];
        WireLink link = new WireLink(wire, dialler, loop, FRAME_BYTES_MAX, () -> links.remove(self[0]));
        self[0] = link;
        links.add(link);
        if (closed) {
            link.cut("the database is closed");
        }
        return link;
    }

    private boolean onLoop(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException loopHasStopped) {
            log.debug("an event of the network came after the end of the loop");
            return false;
        }
    }

    /** Closes every port and cuts every link without flushing. Idempotent. */
    @Override
    public void close() {
        closed = true;
        listeners.forEach(Listening::close);
        links.forEach(link -> link.cut("the database is closed"));
        closeClient();
    }

    private final class Listening implements Listener {
        private final ServerSocket server;
        private final Acceptor acceptor;
        private final PeerAddress address;
        private final Thread thread;

        Listening(ServerSocket server, Acceptor acceptor) {
            this.server = server;
            this.acceptor = acceptor;
            this.address = PeerAddress.of((InetSocketAddress) server.getLocalSocketAddress());
            this.thread = Thread.ofVirtual().name("ibid-listen-" + address).unstarted(this::accept);
        }

        @Override
        public PeerAddress address() {
            return address;
        }

        private void accept() {
            while (!server.isClosed()) {
                try {
                    greet(server.accept());
                } catch (IOException failed) {
                    if (!server.isClosed() && !pause(failed)) {
                        return;
                    }
                }
            }
        }

        /** A greeting may take long, and others wait at the port. */
        private void greet(Socket socket) throws IOException {
            if (!greetings.tryAcquire()) {
                socket.close();
                return;
            }
            Thread.ofVirtual().name("ibid-accept-" + address).start(() -> {
                try {
                    attach(wire(socket, false), acceptor);
                } catch (IOException refused) {
                    log.info(
                            "{}: {} is not let in: {}", address, socket.getRemoteSocketAddress(), refused.getMessage());
                    end(socket);
                } finally {
                    greetings.release();
                }
            });
        }

        private void end(Socket socket) {
            try {
                socket.close();
            } catch (IOException notClosed) {
                log.warn("{}: a refused connection does not close: {}", address, notClosed.getMessage());
            }
        }

        /** Too many open files, most likely: others may be freed, so the port stays open. */
        private boolean pause(IOException failed) {
            log.warn("{}: cannot accept a connection: {}", address, failed.getMessage());
            try {
                Thread.sleep(ACCEPT_AGAIN_MS);
                return true;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void close() {
            listeners.remove(this);
            try {
                server.close();
            } catch (IOException failed) {
                log.warn("{}: the port does not close: {}", address, failed.getMessage());
            }
            try {
                // The system frees the port only when the accepting thread has left it.
                thread.join(Duration.ofMillis(CLOSE_MS_MAX));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
