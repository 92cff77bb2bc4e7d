package io.ibid.core.sync;

import io.ibid.core.store.DocumentKey;

/**
 * Something else that partners talk about on the link of their session, on a channel of its own. Its frames are opaque here; the session
 * greets, watches the link and ends it. Loop only.
 */
public interface SideChannel {

    /** What its frames begin with: a number from 1 to 255. */
    int number();

    /** Both sides have greeted each other. */
    Conversation begin(Line line);

    /** This side of a conversation with one partner. */
    interface Conversation {
        /** One whole frame of the channel. Throws {@link io.ibid.core.sync.wire.ProtocolException} to end the session. */
        void received(byte[] frame);

        /** Everything queued on the link so far has left, whatever channel it is of. */
        void drained();

        /** The session has ended. Last call. */
        void closed();
    }

    /** The way to the partner. */
    interface Line {
        Partner partner();

        /** Queues one frame of the channel; without effect when the session has ended. */
        void send(byte[] frame);

        /** Bytes that wait on the link, whatever channel they are of. */
        long queuedBytes();

        /** Whether this device sends the partner the collection at all. */
        boolean isInScope(String collection);

        /** Whether the partner may have the document. */
        boolean mayRead(DocumentKey key);

        /** The partner is found out in something that does not end the session; shown as its last error. */
        void blame(String what);
    }
}
