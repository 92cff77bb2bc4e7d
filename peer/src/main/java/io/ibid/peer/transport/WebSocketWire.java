package io.ibid.peer.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Frames over a WebSocket that this side has dialled, one binary message each. What is not read yet is bounded by asking for one at a time. */
final class WebSocketWire implements Wire, WebSocket.Listener {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final int HEADER_BYTES_SMALL = 2;
    private static final int HEADER_BYTES_MEDIUM = 4;
    private static final int HEADER_BYTES_LARGE = 10;
    private static final int SMALL_MAX = 125;
    private static final int MEDIUM_MAX = 65_535;
    private static final int MASK_BYTES = 4;

    private final ServerAddress address;
    private final boolean loopback;
    private final byte[] credential;
    private final int frameBytesMax;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private byte[] partial = new byte[0];
    private volatile boolean closed;
    private volatile @Nullable WebSocket socket;

    private sealed interface Event {
        @SuppressWarnings("ArrayRecordComponent")
        record Frame(byte[] bytes) implements Event {}

        record End(@Nullable IOException failure) implements Event {}
    }

    private WebSocketWire(ServerAddress address, boolean loopback, byte[] credential, int frameBytesMax) {
        this.address = address;
        this.loopback = loopback;
        this.credential = credential;
        this.frameBytesMax = frameBytesMax;
    }

    /** Connects. Blocks for at most ten seconds. */
    static WebSocketWire dial(HttpClient client, ServerAddress address, byte[] credential, int frameBytesMax)
            throws IOException {
        boolean loopback = InetAddress.getByName(address.uri().getHost()).isLoopbackAddress();
        WebSocketWire wire = new WebSocketWire(address, loopback, credential, frameBytesMax);
        try {
            wire.socket = client.newWebSocketBuilder()
                    .connectTimeout(CONNECT_MAX)
                    .buildAsync(address.uri(), wire)
                    .join();
        } catch (CompletionException e) {
            throw failure(e);
        }
        return wire;
    }

    private static IOException failure(CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause instanceof IOException io ? io : new IOException(cause.toString(), cause);
    }

    private WebSocket socket() throws IOException {
        WebSocket open = socket;
        if (open == null) {
            throw new IOException("the WebSocket is not open");
        }
        return open;
    }

    // ---- what the library tells, one after the other

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        int more = data.remaining();
        if (partial.length + more > frameBytesMax) {
            events.add(new Event.End(new FrameException("a message of more than " + frameBytesMax + " bytes")));
            from.abort();
            return null;
        }
        byte[] all = Arrays.copyOf(partial, partial.length + more);
        data.get(all, partial.length, more);
        if (!last) {
            partial = all;
            from.request(1);
            return null;
        }
        partial = new byte[0];
        if (all.length < FrameCodec.PREFIX_BYTES) {
            events.add(new Event.End(new FrameException("a message of " + all.length + " bytes is no frame")));
            from.abort();
            return null;
        }
        events.add(new Event.Frame(all));
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        events.add(new Event.End(new FrameException("a text message, where frames are binary")));
        from.abort();
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        events.add(new Event.End(null));
        // Answered only when our own direction is finished.
        return new CompletableFuture<Void>();
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        events.add(new Event.End(
                closed ? null : error instanceof IOException io ? io : new IOException(error.toString(), error)));
    }

    // ---- Wire

    @Override
    public byte @Nullable [] read() throws IOException {
        try {
            return switch (events.take()) {
                case Event.Frame(byte[] bytes) -> {
                    socket().request(1);
                    yield bytes;
                }
                case Event.End(IOException failure) -> {
                    events.add(new Event.End(null));
                    if (failure != null) {
                        throw failure;
                    }
                    yield null;
                }
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public long write(List<byte[]> frames) throws IOException {
        long length = 0;
        try {
            for (byte[] frame : frames) {
                socket().sendBinary(ByteBuffer.wrap(frame), true).join();
                length += bytesOf(frame) + MASK_BYTES;
            }
        } catch (CompletionException e) {
            throw failure(e);
        }
        return length;
    }

    @Override
    public long bytesOf(byte[] frame) {
        return (long) frame.length
                + (frame.length <= SMALL_MAX
                        ? HEADER_BYTES_SMALL
                        : frame.length <= MEDIUM_MAX ? HEADER_BYTES_MEDIUM : HEADER_BYTES_LARGE);
    }

    @Override
    public void finish() throws IOException {
        try {
            socket().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        } catch (CompletionException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        events.add(new Event.End(null));
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public String remoteAddress() {
        return address.toString();
    }

    @Override
    public String transport() {
        return "websocket";
    }

    @Override
    public boolean isLoopback() {
        return loopback;
    }

    @Override
    public byte[] credential() {
        return credential;
    }
}
