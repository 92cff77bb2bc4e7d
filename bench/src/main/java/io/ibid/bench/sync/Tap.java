package io.ibid.bench.sync;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A wire tap between the two processes: passes every frame on after a delay and writes down its size, its direction and its turn. It
 * reads TCP's payload, so what it counts is what a network would carry. The greeting, one HELLO each way, is not counted.
 *
 * <p>The turn of a frame tells how many messages had to go to and fro before it: its sender had received the frames of the turn before. A
 * delay much longer than anybody's reaction makes that certain. Thread-safe.
 */
final class Tap implements AutoCloseable {
    private static final byte HELLO = 1;
    private static final int HEADER_BYTES = 4;
    private static final long QUIET_LIMIT_NS = 60_000_000_000L;

    private final String host;
    private final int port;
    private final long delayMs;
    private final ServerSocket server;
    private final List<Frame> frames = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private long lastFrameNs = System.nanoTime();

    /** A frame that was passed on: whole size, and turn counted from 1 after the greeting. */
    record Frame(boolean isUp, int bytes, int turn) {}

    /**
     * @param target {@code host:port} of the supplier
     * @param delayMs of each frame, each way
     */
    Tap(String target, long delayMs) throws IOException {
        int colon = target.lastIndexOf(':');
        this.host = target.substring(0, colon);
        this.port = Integer.parseInt(target.substring(colon + 1));
        this.delayMs = delayMs;
        server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Forgets what was counted. */
    synchronized void clear() {
        frames.clear();
    }

    /** What was counted. */
    synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    /** Bytes that were counted, both ways. */
    synchronized long bytes() {
        return frames.stream().mapToLong(Frame::bytes).sum();
    }

    /** Waits until nothing has passed for so long. */
    void awaitQuiet(long quietMs) throws InterruptedException {
        long deadline = System.nanoTime() + QUIET_LIMIT_NS;
        while (silentMs() < quietMs && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
    }

    private synchronized long silentMs() {
        return (System.nanoTime() - lastFrameNs) / 1_000_000;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                Socket far = new Socket(host, port);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                Wire wire = new Wire();
                keep(near);
                keep(far);
                wire.carry(near, far, true);
                wire.carry(far, near, false);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private synchronized void keep(Socket socket) {
        sockets.removeIf(Socket::isClosed);
        sockets.add(socket);
    }

    private static void daemon(Runnable body) {
        Thread.ofPlatform().daemon().name("bench-tap").start(body);
    }

    /** One connection. */
    private final class Wire {
        /** The last turn that each end has received: [down, up]. */
        private final int[] received = new int[2];

        @SuppressWarnings("ArrayRecordComponent")
        private record Passing(byte[] frame, int turn, long dueNs) {}

        private static final Passing END = new Passing(new byte[0], 0, 0);

        void carry(Socket from, Socket to, boolean isUp) {
            BlockingQueue<Passing> passing = new LinkedBlockingQueue<>();
            daemon(() -> read(from, passing, isUp));
            daemon(() -> write(to, passing, isUp));
        }

        private void read(Socket from, BlockingQueue<Passing> passing, boolean isUp) {
            try (DataInputStream in = new DataInputStream(from.getInputStream())) {
                while (true) {
                    byte[] frame = in.readNBytes(in.readInt());
                    boolean isHello = frame[2] == HELLO;
                    int turn = isHello ? 0 : received(isUp) + 1;
                    count(frame, turn, isUp, isHello);
                    passing.add(new Passing(frame, turn, System.nanoTime() + delayMs * 1_000_000));
                }
            } catch (EOFException | SocketException ended) {
                passing.add(END);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void count(byte[] frame, int turn, boolean isUp, boolean isHello) {
            synchronized (Tap.this) {
                lastFrameNs = System.nanoTime();
                if (!isHello) {
                    frames.add(new Frame(isUp, HEADER_BYTES + frame.length, turn));
                }
            }
        }

        @SuppressWarnings("ReferenceEquality") // the end is one object
        private void write(Socket to, BlockingQueue<Passing> passing, boolean isUp) {
            try (DataOutputStream out = new DataOutputStream(to.getOutputStream())) {
                for (Passing next = passing.take(); next != END; next = passing.take()) {
                    TimeUnit.NANOSECONDS.sleep(next.dueNs() - System.nanoTime());
                    byte[] whole = new byte[HEADER_BYTES + next.frame().length];
                    java.nio.ByteBuffer.wrap(whole).putInt(next.frame().length).put(next.frame());
                    out.write(whole);
                    arrived(next.turn(), isUp);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException ended) {
                closeQuietly(to);
            }
        }

        private synchronized int received(boolean isUp) {
            return received[isUp ? 0 : 1];
        }

        private synchronized void arrived(int turn, boolean isUp) {
            int end = isUp ? 1 : 0;
            received[end] = Math.max(received[end], turn);
        }
    }

    private static void closeQuietly(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (this) {
            sockets.forEach(Tap::closeQuietly);
        }
    }
}
