package io.ibid.core.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Field names recur in every document, so the decoders share those they met recently: it saves making them, and a thousand decoded
 * documents hold each name once. A name of up to 24 bytes is known by three longs, whose comparison
 * replaces a loop.
 *
 * <p>A fixed table without locks: threads may overwrite each other's entries, and as entries are immutable the worst outcome is
 * that one is made again. Nothing but speed depends on what the table holds.
 */
final class Names {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int SLOTS = 2048;
    private static final int LENGTH_MAX = 24;
    private static final Entry[] RECENT = new Entry[SLOTS];

    private Names() {}

    /**
     * A name and what is known of it: its bytes 0 to 7, 8 to 15 (0 when it has no more than 16) and its last eight (0 when it has
     * no more than eight), and its JSON text with the colon.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(String name, byte[] jsonWithColon, int length, long first, long middle, long last) {
        private static Entry of(String name, int length, long first, long middle, long last) {
            ByteWriter json = new ByteWriter(length + 3);
            JsonWriter.text(json, name);
            return new Entry(name, json.u8(':').toByteArray(), length, first, middle, last);
        }
    }

    /** The name of a range that lies within the array. */
    static String of(byte[] bytes, int offset, int length) {
        return length > LENGTH_MAX
                ? Utf8.decode(bytes, offset, length)
                : entry(bytes, offset, length, prefix(bytes, offset, length)).name;
    }

    /** The entry of a range that lies within the array, whose {@link #prefix} the caller has at hand. */
    static Entry entry(byte[] bytes, int offset, int length, long prefix) {
        if (length > LENGTH_MAX) {
            return Entry.of(Utf8.decode(bytes, offset, length), length, prefix, 0, 0);
        }
        long last = length <= 8 ? 0 : (long) LONGS.get(bytes, offset + length - 8);
        long middle = length <= 16 ? 0 : (long) LONGS.get(bytes, offset + 8);
        long mixed = (prefix ^ Long.rotateLeft(last, 31) ^ Long.rotateLeft(middle, 13) ^ length) * 0x9e3779b97f4a7c15L;
        int slot = (int) (mixed >>> 40) & (SLOTS - 1);
        Entry recent = RECENT[slot];
        if (recent != null
                && recent.first == prefix
                && recent.last == last
                && recent.middle == middle
                && recent.length == length) {
            return recent;
        }
        Entry entry = Entry.of(Utf8.decode(bytes, offset, length), length, prefix, middle, last);
        RECENT[slot] = entry;
        return entry;
    }

    /**
     * The first eight bytes of a range, filled up with zeros, as a number whose unsigned order is theirs: when two differ, so do
     * the names, and in the same direction.
     */
    static long prefix(byte[] bytes, int offset, int length) {
        if (offset <= bytes.length - 8) {
            long first = (long) LONGS.get(bytes, offset);
            return length >= 8 ? first : first & ~(-1L >>> (length << 3));
        }
        long first = 0;
        for (int i = 0; i < Math.min(length, 8); i++) {
            first |= (bytes[offset + i] & 0xffL) << (56 - 8 * i);
        }
        return first;
    }
}
