package io.ibid.core.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where things stand in the binary form. All functions are given the range that a value may take and check every step against it,
 * so that damaged bytes lead to a {@link MalformedException} and never outside. A range within the array travels as one long, start
 * in the upper and end in the lower half, so that looking up a path allocates nothing.
 */
final class BinaryLayout {

    static final int TAG_MASK = 0x1f;
    static final int WIDTH_SHIFT = 6;
    static final long ABSENT = -1;

    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private BinaryLayout() {}

    /** The base-2 logarithm of the bytes that an end takes in a container of such size. */
    static int width(int size) {
        return size <= 0xff ? 0 : size <= 0xffff ? 1 : 2;
    }

    static void putEnd(byte[] bytes, int table, int width, int index, int end) {
        int at = table + (index << width);
        switch (width) {
            case 0 -> bytes[at] = (byte) end;
            case 1 -> SHORTS.set(bytes, at, (short) end);
            default -> INTS.set(bytes, at, end);
        }
    }

    /** An entry of a table that lies within the array; negative when the bytes are damaged. */
    static int end(byte[] bytes, int table, int width, int index) {
        int at = table + (index << width);
        return switch (width) {
            case 0 -> bytes[at] & 0xff;
            case 1 -> (short) SHORTS.get(bytes, at) & 0xffff;
            default -> (int) INTS.get(bytes, at);
        };
    }

    static long range(int start, int end) {
        return ((long) start << 32) | end;
    }

    static int start(long range) {
        return (int) (range >>> 32);
    }

    static int end(long range) {
        return (int) range;
    }

    static int tagByte(byte[] bytes, int at, int limit) {
        if (at >= limit) {
            throw damaged("a value without a tag", at);
        }
        int tag = bytes[at];
        if ((tag & TAG_MASK) >= Tag.BY_NUMBER.length) {
            throw damaged("the tag 0x" + Integer.toHexString(tag & 0xff), at);
        }
        return tag;
    }

    /** A varint below 2^31: the number in the lower half, the position behind it in the upper. */
    static long number(byte[] bytes, int at, int limit) {
        if (at < limit && bytes[at] >= 0) {
            return ((long) (at + 1) << 32) | bytes[at];
        }
        long value = 0;
        for (int i = at, shift = 0; i < limit && shift < 35; i++, shift += 7) {
            value |= (bytes[i] & 0x7fL) << shift;
            if (bytes[i] >= 0) {
                if (value > Integer.MAX_VALUE || bytes[i] == 0) {
                    break;
                }
                return ((long) (i + 1) << 32) | value;
            }
        }
        throw damaged("a length", at);
    }

    /** The table's position in the upper half and the count in the lower; the table lies within the range. */
    static long table(byte[] bytes, int at, int limit) {
        long head = number(bytes, at + 1, limit);
        int width = (bytes[at] >> WIDTH_SHIFT) & 3;
        if (width == 3 || ((head & 0xffffffffL) << width) > limit - start(head)) {
            throw damaged("a table of entries", at);
        }
        return head;
    }

    /** The range of an entry: of an element, or of a field's name and value. */
    static long entry(byte[] bytes, int table, int count, int width, int index, int limit) {
        int entries = table + (count << width);
        int from = index == 0 ? 0 : end(bytes, table, width, index - 1);
        int to = end(bytes, table, width, index);
        if (from < 0 || to <= from || to > limit - entries) {
            throw damaged("the end of entry " + index, table);
        }
        return range(entries + from, entries + to);
    }

    /** The range of a field's value in a struct, map or attachment, or {@link #ABSENT}. */
    static long field(byte[] bytes, int at, int limit, String name) {
        int tag = tagByte(bytes, at, limit);
        int kind = tag & TAG_MASK;
        if (kind == Tag.ATTACHMENT.ordinal()) {
            int token = tagByte(bytes, at + 1, limit);
            return (token & TAG_MASK) == Tag.STRUCT.ordinal() ? search(bytes, at + 1, token, limit, name) : ABSENT;
        }
        return kind == Tag.STRUCT.ordinal() || kind == Tag.MAP.ordinal() ? search(bytes, at, tag, limit, name) : ABSENT;
    }

    private static long search(byte[] bytes, int at, int tag, int limit, String name) {
        long head = table(bytes, at, limit);
        int table = start(head);
        int count = (int) head;
        int width = (tag >> WIDTH_SHIFT) & 3;
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long entry = entry(bytes, table, count, width, middle, limit);
            int end = end(entry);
            long nameHead = number(bytes, start(entry), end);
            int nameStart = start(nameHead);
            int length = (int) nameHead;
            if (length > end - nameStart) {
                throw damaged("the name of entry " + middle, start(entry));
            }
            int order = Utf8.compare(bytes, nameStart, length, name);
            if (order == 0) {
                return range(nameStart + length, end);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return ABSENT;
    }

    /** Where the value that starts here ends. */
    static int valueEnd(byte[] bytes, int at, int limit) {
        int tag = tagByte(bytes, at, limit);
        long end = switch (Tag.BY_NUMBER[tag & TAG_MASK]) {
            case NULL, FALSE, TRUE -> at + 1;
            case INT, COUNTER -> {
                int last = at + 1;
                while (last < limit && bytes[last] < 0) {
                    last++;
                }
                yield last + 1L;
            }
            case FLOAT -> at + 9L;
            case TEXT, BINARY -> {
                long head = number(bytes, at + 1, limit);
                yield start(head) + (head & 0xffffffffL);
            }
            case PN_COUNTER, ATTACHMENT -> {
                Tag inner = Tag.BY_NUMBER[tagByte(bytes, at + 1, limit) & TAG_MASK];
                if (inner != Tag.STRUCT && inner != Tag.INT && inner != Tag.FLOAT) {
                    throw damaged("the kind of a " + Tag.BY_NUMBER[tag & TAG_MASK], at);
                }
                yield valueEnd(bytes, at + 1, limit);
            }
            case ARRAY, STRUCT, MAP -> {
                long head = table(bytes, at, limit);
                int count = (int) head;
                int width = (tag >> WIDTH_SHIFT) & 3;
                yield count == 0
                        ? start(head)
                        : (long) start(head) + (count << width) + end(bytes, start(head), width, count - 1);
            }
        };
        if (end > limit || end <= at) {
            throw damaged("the end of a value", at);
        }
        return (int) end;
    }

    static MalformedException damaged(String what, int at) {
        return new MalformedException("Damaged record: " + what + " at byte " + at);
    }
}
