package io.ibid.core.env;

import org.jspecify.annotations.Nullable;

/**
 * One established, ordered, reliable stream of frames to one partner. A frame is what the transport length-prefixes: channel byte,
 * version and flags, messages. Loop only.
 */
public interface Link {

    /**
     * Queues one frame. Never blocks: the sender bounds what it queues by {@link #queuedBytes}. The transport may compress the
     * messages of a frame when {@code compressible} is set.
     */
    void send(byte[] frame, boolean compressible);

    /** Bytes accepted by {@link #send} and not yet handed to the network. */
    long queuedBytes();

    /** Flushes what is queued, then closes. Idempotent; the handler gets {@code closed} once. */
    void close(String reason);

    /** True when the partner's address is a loopback address. */
    boolean isLoopback();

    /** The partner's address, for messages. */
    String remoteAddress();

    /** True when this side dialled. */
    boolean isDialler();

    /** What carries it: {@code tcp}, {@code tls}, {@code websocket}, {@code simulated}. */
    String transport();

    /** What the greeting on this link shows the partner to prove who we are; empty: nothing. */
    default byte[] credential() {
        return new byte[0];
    }

    /**
     * Whether the partner is who its greeting says.
     *
     * @param peerKey the public point that it names, compressed
     * @param isServer whether it says to be a server
     * @param credential what it shows
     * @return why it is not let in; null when nothing speaks against it
     */
    default @Nullable String refusal(byte[] peerKey, boolean isServer, byte[] credential) {
        return null;
    }

    /** Bytes on the wire so far, headers and compression included. */
    long sentBytes();

    /** Bytes on the wire so far, headers and compression included. */
    long receivedBytes();

    /** Told about a link's events, on the loop. */
    interface Handler {
        /** One whole frame, already decompressed. */
        void received(byte[] frame);

        /** Everything queued so far has left; more may be sent. */
        void drained();

        /** The link is gone. Last call. */
        void closed(String reason);
    }
}
