package io.ibid.core.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote, or anything else: no input makes it do more than throw {@link MalformedException}, and none
 * makes it allocate more than the input is long.
 */
public final class ByteReader {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] buffer;
    private final int end;
    private int position;

    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** Reads the range from {@code offset} up to, not including, {@code end}; it must lie within the array, which is not copied. */
    public ByteReader(byte[] bytes, int offset, int end) {
        if (offset < 0 || end < offset || end > bytes.length) {
            throw new AssertionError("Range " + offset + ".." + end + " of " + bytes.length + " bytes");
        }
        this.buffer = bytes;
        this.position = offset;
        this.end = end;
    }

    public int u8() {
        if (position >= end) {
            throw over(1);
        }
        return buffer[position++] & 0xff;
    }

    /** An unsigned number of up to 64 bits in its shortest form. */
    public long varint() {
        if (position < end && buffer[position] >= 0) {
            return buffer[position++];
        }
        return longVarint();
    }

    private long longVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = u8();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                if (next == 0 && shift > 0) {
                    throw new MalformedException("A number in a longer form than needed at byte " + (position - 1));
                }
                if (shift == 63 && next > 1) {
                    break;
                }
                return value;
            }
        }
        throw new MalformedException("A number beyond 64 bits at byte " + (position - 1));
    }

    public long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /**
     * A varint that counts items still to come, of which each takes at least so many bytes: more than can be left is refused before
     * anyone allocates for it.
     */
    public int count(int bytesPerItemMin) {
        long count = varint();
        if (count < 0 || count > remaining() / Math.max(bytesPerItemMin, 1)) {
            throw new MalformedException("A count of " + Long.toUnsignedString(count) + " items, but only "
                    + remaining() + " bytes are left");
        }
        return (int) count;
    }

    /** A varint that is at most so great. */
    public int varint(int max) {
        long value = varint();
        if (value < 0 || value > max) {
            throw new MalformedException(
                    "The number " + Long.toUnsignedString(value) + " where at most " + max + " may be");
        }
        return (int) value;
    }

    public int fixed32() {
        require(4);
        int value = (int) INTS.get(buffer, position);
        position += 4;
        return value;
    }

    public long fixed64() {
        require(8);
        long value = (long) LONGS.get(buffer, position);
        position += 8;
        return value;
    }

    /** A copy of the next bytes. */
    public byte[] bytes(int length) {
        require(length);
        byte[] bytes = Arrays.copyOfRange(buffer, position, position + length);
        position += length;
        return bytes;
    }

    /** A copy of the bytes behind a varint length. */
    public byte[] blob() {
        return bytes(count(1));
    }

    /** The text behind a varint length in bytes. */
    public String text() {
        return rawText(count(1));
    }

    /** A text of so many bytes. */
    String rawText(int length) {
        require(length);
        String text = Utf8.decode(buffer, position, length);
        position += length;
        return text;
    }

    public ByteReader skip(int length) {
        require(length);
        position += length;
        return this;
    }

    public int remaining() {
        return end - position;
    }

    /** The index into the array of the next byte. */
    public int position() {
        return position;
    }

    /** Refuses input that goes on. */
    public void expectEnd() {
        if (position != end) {
            throw new MalformedException(remaining() + " bytes too many at the end");
        }
    }

    byte[] buffer() {
        return buffer;
    }

    /** The next byte, which stays the next; -1 at the end. */
    int peek() {
        return position < end ? buffer[position] & 0xff : -1;
    }

    private void require(int length) {
        if (length < 0 || length > end - position) {
            throw over(length);
        }
    }

    private MalformedException over(int length) {
        return new MalformedException(
                "Cut off: " + length + " bytes wanted at byte " + position + ", " + remaining() + " left");
    }
}
