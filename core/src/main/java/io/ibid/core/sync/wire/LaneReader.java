package io.ibid.core.sync.wire;

import io.ibid.core.value.ByteReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The reading end of one lane: bytes go in as frames bring them, entries come out when their last byte has. */
final class LaneReader {
    private static final int LENGTH_BYTES_MAX = 4;

    final VocabularyReader words;
    private final EntryReader entries;
    private byte[] carried = new byte[0];
    private int carriedLength;
    long sequence;

    LaneReader(VocabularyReader words) {
        this.words = words;
        this.entries = new EntryReader(words);
    }

    /** Whether an entry has begun and not ended. */
    boolean isInsideEntry() {
        return carriedLength > 0;
    }

    List<Message.Entry> feed(byte[] bytes) {
        byte[] stream = bytes;
        int end = bytes.length;
        if (carriedLength > 0) {
            carry(bytes, 0, bytes.length);
            stream = carried;
            end = carriedLength;
        }
        List<Message.Entry> complete = new ArrayList<>();
        int at = 0;
        for (int start = bodyStart(stream, at, end); start > 0; start = bodyStart(stream, at, end)) {
            int length = bodyLength(stream, at);
            complete.add(entries.read(new ByteReader(stream, start, start + length)));
            at = start + length;
        }
        keep(stream, at, end);
        return complete;
    }

    /** Where the body of the entry at {@code at} begins, or 0 while its end has not come. */
    private static int bodyStart(byte[] stream, int at, int end) {
        int start = at;
        while (start < end && stream[start] < 0) {
            start++;
        }
        if (start - at >= LENGTH_BYTES_MAX) {
            throw tooLong("more than 2^28");
        }
        if (start == end) {
            return 0;
        }
        int length = bodyLength(stream, at);
        if (length > Limits.ENTRY_BYTES_MAX) {
            throw tooLong(String.valueOf(length));
        }
        return end - start - 1 >= length ? start + 1 : 0;
    }

    private static int bodyLength(byte[] stream, int at) {
        int length = 0;
        for (int i = at, shift = 0; ; i++, shift += 7) {
            length |= (stream[i] & 0x7f) << shift;
            if (stream[i] >= 0) {
                if (stream[i] == 0) {
                    throw new ProtocolException("CHUNK with an empty entry, or a length in a longer form than needed");
                }
                return length;
            }
        }
    }

    private static ProtocolException tooLong(String length) {
        return new ProtocolException(
                FaultCode.LIMIT,
                "CHUNK with an entry of " + length + " bytes; " + Limits.ENTRY_BYTES_MAX + " are allowed");
    }

    private void keep(byte[] stream, int at, int end) {
        if (stream == carried) {
            if (at > 0) {
                carriedLength = end - at;
                System.arraycopy(carried, at, carried, 0, carriedLength);
            }
            if (carriedLength == 0) {
                carried = new byte[0];
            }
        } else if (at < end) {
            carry(stream, at, end - at);
        }
    }

    private void carry(byte[] bytes, int offset, int length) {
        if (carried.length - carriedLength < length) {
            carried = Arrays.copyOf(carried, Math.max(carriedLength + length, 2 * carried.length));
        }
        System.arraycopy(bytes, offset, carried, carriedLength, length);
        carriedLength += length;
    }
}
