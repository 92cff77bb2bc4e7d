package io.ibid.core.sync.wire;

import io.ibid.core.crdt.Delta;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.value.ByteWriter;
import java.util.Arrays;

/** The writing end of one lane: entries go in whole, and come out as bytes cut wherever a frame is full. */
public final class LaneWriter {
    private static final int KEPT_BYTES_MAX = 64 << 10;

    private final EntryWriter entries;
    private final ByteWriter entry = new ByteWriter(512);
    private byte[] stream = new byte[0];
    private int start;
    private int end;

    LaneWriter(VocabularyWriter words) {
        this.entries = new EntryWriter(words);
    }

    /**
     * Appends one document's change to the stream.
     *
     * @return the bytes it takes
     * @throws ProtocolException {@link FaultCode#LIMIT} when it is too large for the protocol; the session cannot go on then
     */
    public int append(DocumentKey key, Delta delta) {
        entry.clear();
        entries.write(entry, key, delta);
        if (entry.size() > Limits.ENTRY_BYTES_MAX) {
            throw new ProtocolException(
                    FaultCode.LIMIT,
                    "the change of document " + key.id() + " in " + key.collection() + " takes " + entry.size()
                            + " bytes; " + Limits.ENTRY_BYTES_MAX + " are allowed");
        }
        byte[] length = new ByteWriter(16).varint(entry.size()).toByteArray();
        push(length);
        push(entry.toByteArray());
        return length.length + entry.size();
    }

    private void push(byte[] bytes) {
        if (stream.length - end < bytes.length) {
            int pending = end - start;
            byte[] room = pending + bytes.length <= stream.length / 2
                    ? stream
                    : new byte[Math.max(pending + bytes.length, 2 * stream.length)];
            System.arraycopy(stream, start, room, 0, pending);
            stream = room;
            start = 0;
            end = pending;
        }
        System.arraycopy(bytes, 0, stream, end, bytes.length);
        end += bytes.length;
    }

    /** Bytes that wait to be taken. */
    public int pending() {
        return end - start;
    }

    /** The next bytes of the stream, at most so many. */
    byte[] take(int max) {
        byte[] bytes = Arrays.copyOfRange(stream, start, start + Math.min(max, pending()));
        start += bytes.length;
        if (start == end) {
            start = 0;
            end = 0;
            if (stream.length > KEPT_BYTES_MAX) {
                stream = new byte[0];
            }
        }
        return bytes;
    }
}
