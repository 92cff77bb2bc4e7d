package io.ibid.peer.transport;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection that carries whole frames in both directions, and what it knows of who is at the other end. Blocking: one thread reads,
 * another writes, any thread closes.
 */
public interface Wire {
    /**
     * Writes the frames in their order.
     *
     * @return the bytes that this put on the network
     */
    long write(List<byte[]> frames) throws IOException;

    /** The next frame; null when the partner has ended its direction between two frames. */
    byte @Nullable [] read() throws IOException;

    /** The bytes on the network that a frame of this length took. */
    long bytesOf(byte[] frame);

    /** Ends our direction behind what was written. The partner's may go on. */
    void finish() throws IOException;

    /** Ends both directions at once; whoever reads or writes gets an exception. Idempotent. */
    void close() throws IOException;

    boolean isClosed();

    /** The partner's address, for messages. */
    String remoteAddress();

    /** {@code tcp}, {@code tls} or {@code websocket}. */
    String transport();

    boolean isLoopback();

    /** What the greeting shows the partner; empty: nothing. */
    default byte[] credential() {
        return new byte[0];
    }

    /** Why the partner is not who its greeting says, see {@link io.ibid.core.env.Link#refusal}; null: nothing speaks against it. */
    default @Nullable String refusal(byte[] peerKey, boolean isServer, byte[] credential) {
        return null;
    }
}
