package io.ibid.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link between two peers that can be cut: whoever dials it reaches the far end, and every byte is counted. Any thread. */
public final class Cable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cable.class);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final String name;
    private volatile InetSocketAddress farEnd;
    private final ServerSocket nearEnd;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger links = new AtomicInteger();
    private final Passage passage;
    private volatile boolean cut;

    /** How bytes get from one end to the other. A cable that is slow or loses things has its own. */
    public interface Passage {
        void forward(byte[] buffer, int length, OutputStream out) throws IOException;
    }

    /** @param farEnd {@code host:port} of the peer that listens */
    public Cable(String name, String farEnd) {
        this(name, farEnd, (buffer, length, out) -> out.write(buffer, 0, length));
    }

    /** @param passage is called by a thread for each link and direction */
    public Cable(String name, String farEnd, Passage passage) {
        this.name = name;
        this.passage = passage;
        this.farEnd = socketAddress(farEnd);
        try {
            this.nearEnd = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("the demo cannot open a port", e);
        }
        Thread.ofVirtual().name("cable-" + name).start(this::accept);
    }

    private static InetSocketAddress socketAddress(String address) {
        int colon = address.lastIndexOf(':');
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    String name() {
        return name;
    }

    /** Who dials from now on reaches another far end, {@code host:port}; links that exist stay as they are. */
    public void leadTo(String address) {
        farEnd = socketAddress(address);
    }

    /** The address to dial instead of the far end. */
    public String address() {
        return "127.0.0.1:" + nearEnd.getLocalPort();
    }

    /** Bytes of both directions since the start. */
    public long bytes() {
        return bytes.get();
    }

    /** How many links were made since the start, those that broke included. */
    public int links() {
        return links.get();
    }

    /** Breaks the link; who dials it is turned away until {@link #mend}. */
    public void cut() {
        cut = true;
        sockets.forEach(Cable::close);
    }

    public void mend() {
        cut = false;
    }

    private void accept() {
        while (!nearEnd.isClosed()) {
            try {
                Socket near = nearEnd.accept();
                if (cut) {
                    near.close();
                } else {
                    connect(near);
                }
            } catch (IOException e) {
                LOG.debug("{}: a dialler gave up, or the far end is away: {}", name, e.getMessage());
            }
        }
    }

    private void connect(Socket near) throws IOException {
        Socket far = new Socket();
        sockets.add(near);
        sockets.add(far);
        try {
            far.connect(farEnd, 5_000);
            if (cut) { // while this one was being plugged in
                throw new IOException("the cable was cut");
            }
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
        } catch (IOException e) {
            end(near, far);
            throw e;
        }
        links.incrementAndGet();
        Thread.ofVirtual().start(() -> pump(near, far));
        Thread.ofVirtual().start(() -> pump(far, near));
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length = in.read(buffer);
            while (length >= 0) {
                bytes.addAndGet(length);
                passage.forward(buffer, length, out);
                length = in.read(buffer);
            }
            end(from, to);
        } catch (IOException e) { // one side broke or the cable was cut: the other side learns it the same way
            end(from, to);
        }
    }

    private void end(Socket one, Socket other) {
        sockets.remove(one);
        sockets.remove(other);
        close(one);
        close(other);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a socket does not close", e);
        }
    }

    @Override
    public void close() {
        cut();
        try {
            nearEnd.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a port does not close", e);
        }
    }
}
