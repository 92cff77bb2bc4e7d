package io.ibid.server.sync;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.PeerInfo;
import io.helidon.websocket.WsCloseCodes;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import io.ibid.core.sync.PeerKey;
import io.ibid.peer.transport.Transport;
import io.ibid.peer.transport.Wire;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket of a device, a {@link Wire} of frames. The web server reads in a thread of the connection; what the session does not take
 * makes that thread wait, and so, by TCP, the device.
 */
final class SyncSocket implements WsListener, Wire {
    private static final Logger log = LoggerFactory.getLogger(SyncSocket.class);

    private static final int WAITING_MAX = 16;
    private static final int HEADER_BYTES_SMALL = 2;
    private static final int HEADER_BYTES_MEDIUM = 4;
    private static final int HEADER_BYTES_LARGE = 10;
    private static final int SMALL_MAX = 125;
    private static final int MEDIUM_MAX = 65_535;
    private static final int MASK_BYTES = 4;
    private static final byte[] END = new byte[0];

    private final DeviceTokens tokens;
    private final InstantSource clock;
    private final Consumer<Wire> opened;
    private final BlockingQueue<byte[]> frames = new ArrayBlockingQueue<>(WAITING_MAX);
    private byte[] partial = new byte[0];
    private volatile @Nullable WsSession session;
    private volatile @Nullable Instant validUntil;
    private volatile @Nullable String failure;
    /** The connection has ended, so nothing can be said any more. */
    private volatile boolean gone;

    private volatile boolean ended;
    private volatile boolean closed;

    /** @param opened takes the wire when the connection is there */
    SyncSocket(DeviceTokens tokens, InstantSource clock, Consumer<Wire> opened) {
        this.tokens = tokens;
        this.clock = clock;
        this.opened = opened;
    }

    // ---- what the web server tells, in the thread of the connection

    @Override
    public void onOpen(WsSession open) {
        session = open;
        opened.accept(this);
    }

    @Override
    public void onMessage(WsSession from, BufferData data, boolean last) {
        if (closed) {
            from.terminate(); // it goes on all the same
            return;
        }
        byte[] more = data.readBytes();
        if (partial.length + more.length > Transport.FRAME_BYTES_MAX) {
            fail("a message of more than " + Transport.FRAME_BYTES_MAX + " bytes");
            return;
        }
        byte[] all = Arrays.copyOf(partial, partial.length + more.length);
        System.arraycopy(more, 0, all, partial.length, more.length);
        partial = last ? END : all;
        Instant until = validUntil;
        if (until != null && !clock.instant().isBefore(until)) {
            fail("the login has expired");
        } else if (last && all.length < 2) {
            fail("a message of " + all.length + " bytes is no frame");
        } else if (last) {
            put(all);
        }
    }

    @Override
    public void onMessage(WsSession from, String text, boolean last) {
        fail("a text message, where frames are binary");
    }

    @Override
    public void onClose(WsSession from, int status, String reason) {
        gone = true;
        end();
    }

    @Override
    public void onError(WsSession from, Throwable error) {
        gone = true;
        fail(String.valueOf(error.getMessage()));
    }

    private void put(byte[] frame) {
        try {
            while (!closed && !frames.offer(frame, 1, TimeUnit.SECONDS)) {
                // The session is busy; it takes the next frame when it can.
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            end();
        }
    }

    private void fail(String why) {
        failure = why;
        end();
        close();
    }

    /** Nothing more comes; what waits is read first. */
    private void end() {
        ended = true;
        frames.offer(END);
    }

    // ---- Wire

    @Override
    @SuppressWarnings("ReferenceEquality") // the end is one object
    public byte @Nullable [] read() throws IOException {
        try {
            byte[] frame = ended ? frames.poll() : frames.take();
            if (frame != null && frame != END) {
                return frame;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        String why = failure;
        if (why != null) {
            throw new IOException(why);
        }
        return null;
    }

    @Override
    public long write(List<byte[]> outgoing) throws IOException {
        WsSession open = session;
        if (open == null || closed) {
            throw new EOFException("the WebSocket is closed");
        }
        long length = 0;
        for (byte[] frame : outgoing) {
            try {
                open.send(BufferData.create(frame), true);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            length += header(frame);
        }
        return length;
    }

    private static long header(byte[] frame) {
        return (long) frame.length
                + (frame.length <= SMALL_MAX
                        ? HEADER_BYTES_SMALL
                        : frame.length <= MEDIUM_MAX ? HEADER_BYTES_MEDIUM : HEADER_BYTES_LARGE);
    }

    @Override
    public long bytesOf(byte[] frame) {
        return header(frame) + MASK_BYTES;
    }

    @Override
    public void finish() throws IOException {
        WsSession open = session;
        if (open != null && !gone) {
            try {
                open.close(WsCloseCodes.NORMAL_CLOSE, "");
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            end();
            WsSession open = session;
            if (open != null && !gone) {
                try {
                    open.close(WsCloseCodes.NORMAL_CLOSE, "");
                } catch (UncheckedIOException e) {
                    log.debug("{} was gone already: {}", remoteAddress(), e.getMessage());
                }
            }
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    private PeerInfo remote() {
        WsSession open = session;
        if (open == null) {
            throw new IllegalStateException("the WebSocket is not open yet");
        }
        return open.socketContext().remotePeer();
    }

    @Override
    public String remoteAddress() {
        return "ws " + remote().host() + ":" + remote().port();
    }

    @Override
    public String transport() {
        return "websocket";
    }

    @Override
    public boolean isLoopback() {
        return remote().address() instanceof InetSocketAddress address
                && address.getAddress() != null
                && address.getAddress().isLoopbackAddress();
    }

    @Override
    public @Nullable String refusal(byte[] peerKey, boolean isServer, byte[] credential) {
        if (isServer) {
            return "a server does not log in as a device";
        }
        Instant until = tokens.validUntil(
                new String(credential, StandardCharsets.US_ASCII),
                PeerKey.of(peerKey).toString());
        if (until == null) {
            return "the login is missing, expired or of another device";
        }
        validUntil = until;
        return null;
    }
}
