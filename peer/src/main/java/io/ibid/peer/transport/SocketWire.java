package io.ibid.peer.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Frames over a TCP or TLS socket, each behind its length. */
final class SocketWire implements Wire {
    private static final int KEPT_BYTES_MAX = 1 << 10;

    private final Socket socket;
    private final String remoteAddress;
    private final boolean loopback;
    private final byte @Nullable [] provenKey;
    private final FrameStream frames;
    private byte[] gathered = new byte[0];

    /** @param provenKey the public point of the partner, when the connection proves it */
    SocketWire(Socket socket, byte @Nullable [] provenKey, int frameBytesMax) throws IOException {
        socket.setTcpNoDelay(true);
        InetSocketAddress remote = (InetSocketAddress) socket.getRemoteSocketAddress();
        this.socket = socket;
        this.remoteAddress = PeerAddress.of(remote).toString();
        this.loopback = remote.getAddress().isLoopbackAddress();
        this.provenKey = provenKey;
        this.frames = new FrameStream(socket.getInputStream(), frameBytesMax);
    }

    @Override
    public long write(List<byte[]> frames) throws IOException {
        int length = 0;
        for (byte[] frame : frames) {
            append(length, frame);
            length += FrameStream.HEADER_BYTES + frame.length;
        }
        socket.getOutputStream().write(gathered, 0, length);
        if (gathered.length > KEPT_BYTES_MAX) {
            gathered = new byte[0];
        }
        return length;
    }

    private void append(int length, byte[] frame) {
        int needed = length + FrameStream.HEADER_BYTES + frame.length;
        if (needed > gathered.length) {
            gathered = Arrays.copyOf(gathered, Math.max(needed, 2 * length));
        }
        gathered[length] = (byte) (frame.length >>> 24);
        gathered[length + 1] = (byte) (frame.length >>> 16);
        gathered[length + 2] = (byte) (frame.length >>> 8);
        gathered[length + 3] = (byte) frame.length;
        System.arraycopy(frame, 0, gathered, length + FrameStream.HEADER_BYTES, frame.length);
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        return frames.next();
    }

    @Override
    public long bytesOf(byte[] frame) {
        return (long) FrameStream.HEADER_BYTES + frame.length;
    }

    @Override
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public String transport() {
        return provenKey == null ? "tcp" : "tls";
    }

    @Override
    public boolean isLoopback() {
        return loopback;
    }

    @Override
    public @Nullable String refusal(byte[] peerKey, boolean isServer, byte[] credential) {
        return provenKey == null || Arrays.equals(provenKey, peerKey)
                ? null
                : "HELLO names another peer than the certificate of the connection";
    }
}
