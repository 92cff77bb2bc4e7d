package io.ibid.peer.transport;

import io.ibid.core.env.Link;
import io.ibid.core.env.Links;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP side of one database: dials for the core and listens for partners. Every event is handed to the loop; no call blocks
 * longer than it takes to bind a port.
 */
public final class TcpTransport implements Links, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TcpTransport.class);

    /** The greatest frame in either direction, compressed or expanded. */
    public static final int FRAME_BYTES_MAX = 1 << 20;

    private static final int CONNECT_MS_MAX = 10_000;
    private static final int BACKLOG = 1_024;
    private static final long ACCEPT_AGAIN_MS = 100;
    private static final long CLOSE_MS_MAX = 1_000;

    private final Executor loop;
    private final Set<TcpLink> links = ConcurrentHashMap.newKeySet();
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
     */
    public TcpTransport(Executor loop) {
        this.loop = loop;
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
            InetSocketAddress socketAddress = address.resolveLoopback();
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

    @Override
    public void dial(String address, Dialler dialler) {
        Thread.ofVirtual().name("ibid-dial-" + address).start(() -> {
            TcpLink link;
            try {
                link = open(connect(address), true);
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

    private Socket connect(String address) throws IOException {
        if (address.contains("://")) {
            throw new IOException("this version dials HOST:PORT only");
        }
        InetSocketAddress socketAddress = PeerAddress.parse(address).resolveLoopback();
        Socket socket = new Socket();
        try {
            socket.connect(socketAddress, CONNECT_MS_MAX);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
        return socket;
    }

    private TcpLink open(Socket socket, boolean dialler) throws IOException {
        TcpLink[] self = new TcpLink[1];
        TcpLink link;
        try {
            link = new TcpLink(socket, dialler, loop, FRAME_BYTES_MAX, () -> links.remove(self[0]));
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
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
                    TcpLink link = open(server.accept(), false);
                    if (!onLoop(() -> link.start(acceptor.accepted(link)))) {
                        link.cut("the database is closed");
                    }
                } catch (IOException failed) {
                    if (!server.isClosed() && !pause(failed)) {
                        return;
                    }
                }
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
