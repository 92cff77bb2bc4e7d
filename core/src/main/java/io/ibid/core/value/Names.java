package io.ibid.core.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Field names recur in every document, so the decoders share the Strings of recent ones: it saves the allocation, and makes a
 * thousand decoded documents hold each name once.
 *
 * <p>A fixed table without locks: threads may overwrite each other's entries, and as Strings are immutable the worst outcome is
 * that a name is made again. Nothing but speed depends on what the table holds.
 */
final class Names {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SLOTS = 2048;
    private static final int LENGTH_MAX = 40;
    private static final String[] RECENT = new String[SLOTS];

    private Names() {}

    /** The name of a range that lies within the array. */
    static String of(byte[] bytes, int offset, int length) {
        if (length > LENGTH_MAX) {
            return Utf8.decode(bytes, offset, length);
        }
        int slot = hash(bytes, offset, length) & SLOTS - 1;
        String recent = RECENT[slot];
        if (recent != null && equal(recent, bytes, offset, length)) {
            return recent;
        }
        String name = Utf8.decode(bytes, offset, length);
        RECENT[slot] = name;
        return name;
    }

    private static int hash(byte[] bytes, int offset, int length) {
        long mixed = length;
        if (length >= 8) {
            long first = (long) LONGS.get(bytes, offset);
            long last = (long) LONGS.get(bytes, offset + length - 8);
            mixed += first * 0x9e3779b97f4a7c15L ^ Long.rotateLeft(last, 29);
        } else {
            for (int i = 0; i < length; i++) {
                mixed = mixed << 8 ^ bytes[offset + i];
            }
        }
        mixed *= 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 40);
    }

    /** Whether an ASCII name has these bytes; any other name is never equal. */
    private static boolean equal(String name, byte[] bytes, int offset, int length) {
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) != bytes[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
