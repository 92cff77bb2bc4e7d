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
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link between two peers that can be cut: whoever dials it reaches the far end, and every byte is counted. Any thread. */
final class Cable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cable.class);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final String name;
    private final InetSocketAddress farEnd;
    private final ServerSocket nearEnd;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean cut;

    /** @param farEnd {@code host:port} of the peer that listens */
    Cable(String name, String farEnd) {
        this.name = name;
        int colon = farEnd.lastIndexOf(':');
        this.farEnd = new InetSocketAddress(farEnd.substring(0, colon), Integer.parseInt(farEnd.substring(colon + 1)));
        try {
            this.nearEnd = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("the demo cannot open a port", e);
        }
        Thread.ofVirtual().name("cable-" + name).start(this::accept);
    }

    String name() {
        return name;
    }

    /** The address to dial instead of the far end. */
    String address() {
        return "127.0.0.1:" + nearEnd.getLocalPort();
    }

    /** Bytes of both directions since the start. */
    long bytes() {
        return bytes.get();
    }

    /** Breaks the link; who dials it is turned away until {@link #mend}. */
    void cut() {
        cut = true;
        sockets.forEach(Cable::close);
    }

    void mend() {
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
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
        } catch (IOException e) {
            end(near, far);
            throw e;
        }
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
                out.write(buffer, 0, length);
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
