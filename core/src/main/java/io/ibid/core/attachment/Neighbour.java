package io.ibid.core.attachment;

import io.ibid.core.store.DocumentKey;

/** A partner that is connected, as attachments see it. Loop only. */
public interface Neighbour {

    /** Its name, for messages. */
    String name();

    /** Queues one frame of the channel of attachments. */
    void send(byte[] frame);

    /** Bytes that wait to be sent to it, whatever they are about. */
    long queuedBytes();

    /** Whether this device sends it the collection at all. */
    boolean isInScope(String collection);

    /** Whether it may have the document. */
    boolean mayRead(DocumentKey key);

    /** It has sent what is wrong; it is not cut for that, but its name is told. */
    void blame(String what);
}
