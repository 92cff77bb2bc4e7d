package io.ibid.core.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte array: what every binary format of core is written with. Numbers are unsigned LEB128 ("varint", shortest form
 * only) or big-endian. Reuse one after {@link #clear()}; not for use by two threads at once. The mirror image is {@link ByteReader}.
 */
public final class ByteWriter {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int VARINT_MAX = 10;
    private static final int DECIMAL_MAX = 20;

    /** From so many characters on, the detour over the JDK's encoder, which works on many at once, is faster. */
    private static final int LONG_TEXT = 32;

    private byte[] buffer;
    private int size;

    public ByteWriter() {
        this(64);
    }

    public ByteWriter(int capacity) {
        buffer = new byte[Math.max(capacity, 16)];
    }

    /** The lowest 8 bits. */
    public ByteWriter u8(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
        return this;
    }

    /** 1 to 10 bytes, 7 bits each, lowest first; the number counts as unsigned. */
    public ByteWriter varint(long value) {
        reserve(VARINT_MAX);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
        return this;
    }

    /** A signed number as a varint that is short when the number is small, whatever its sign. */
    public ByteWriter zigzag(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    /** 4 bytes, big-endian. */
    public ByteWriter fixed32(int value) {
        reserve(4);
        INTS.set(buffer, size, value);
        size += 4;
        return this;
    }

    /** 8 bytes, big-endian. */
    public ByteWriter fixed64(long value) {
        reserve(8);
        LONGS.set(buffer, size, value);
        size += 8;
        return this;
    }

    /** The bytes alone, without a length. */
    public ByteWriter bytes(byte[] bytes) {
        return bytes(bytes, 0, bytes.length);
    }

    /** The range alone, without a length. */
    public ByteWriter bytes(byte[] bytes, int offset, int length) {
        reserve(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
        return this;
    }

    /** Length as a varint, then the bytes. */
    public ByteWriter blob(byte[] bytes) {
        varint(bytes.length);
        return bytes(bytes, 0, bytes.length);
    }

    /**
     * Length in bytes as a varint, then the text in UTF-8.
     *
     * @throws MalformedException when the text holds a lone surrogate
     */
    public ByteWriter text(String text) {
        int chars = text.length();
        if (chars >= LONG_TEXT) {
            byte[] encoded = Utf8.encode(text);
            return varint(encoded.length).bytes(encoded);
        }
        reserve(VARINT_MAX + chars);
        int start = size;
        varint(chars);
        if (!ascii(text)) {
            size = start;
            int length = Utf8.length(text);
            varint(length);
            reserve(length);
            size = Utf8.encode(text, buffer, size);
        }
        return this;
    }

    /** Appends an ASCII text, for which the room is reserved; leaves the size as it is and says false when it is none. */
    private boolean ascii(String text) {
        byte[] target = buffer;
        int at = size;
        int chars = text.length();
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return false;
            }
            target[at + i] = (byte) c;
        }
        size = at + chars;
        return true;
    }

    /** The text in UTF-8 alone, without a length. */
    ByteWriter rawText(String text) {
        if (text.length() >= LONG_TEXT) {
            return bytes(Utf8.encode(text));
        }
        reserve(text.length());
        if (!ascii(text)) {
            reserve(Utf8.length(text));
            size = Utf8.encode(text, buffer, size);
        }
        return this;
    }

    /** A number in decimal digits. */
    ByteWriter decimal(long number) {
        reserve(DECIMAL_MAX);
        byte[] target = buffer;
        if (number < 0) {
            target[size++] = '-';
        }
        // Counts with negative numbers, which have one more.
        long rest = number < 0 ? number : -number;
        int digits = 1;
        for (long bound = -10; digits < 19 && rest <= bound; bound *= 10) {
            digits++;
        }
        for (int at = size + digits; at-- > size; rest /= 10) {
            target[at] = (byte) ('0' - rest % 10);
        }
        size += digits;
        return this;
    }

    /** What was written, as a text: it must be valid UTF-8. */
    String toText() {
        return Utf8.isAscii(buffer, 0, size)
                ? new String(buffer, 0, size, StandardCharsets.ISO_8859_1)
                : new String(buffer, 0, size, StandardCharsets.UTF_8);
    }

    /** One code point in UTF-8. */
    ByteWriter codePoint(int point) {
        if (point < 0x80) {
            return u8(point);
        }
        byte[] encoded = new byte[4];
        return bytes(encoded, 0, Utf8.encodePoint(point, encoded));
    }

    /** The number of bytes written since the start or {@link #clear()}. */
    public int size() {
        return size;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    /** Forgets what was written and keeps the room. */
    public ByteWriter clear() {
        size = 0;
        return this;
    }

    /** Forgets what was written behind the position. */
    public ByteWriter truncate(int position) {
        if (position < 0 || position > size) {
            throw new AssertionError("Cannot truncate " + size + " bytes to " + position);
        }
        size = position;
        return this;
    }

    /** The array itself; valid up to {@link #size()} and until the next write. */
    byte[] buffer() {
        return buffer;
    }

    /** Makes room of so many bytes at the end, whose content is undefined. */
    void advance(int length) {
        reserve(length);
        size += length;
    }

    /** Moves everything from one position to another, before or behind it; between them are bytes of undefined content. */
    void move(int from, int to) {
        int length = size - from;
        if (to > from) {
            reserve(to - from);
        }
        System.arraycopy(buffer, from, buffer, to, length);
        size = to + length;
    }

    private void reserve(int length) {
        if (buffer.length - size < length) {
            grow(length);
        }
    }

    private void grow(int length) {
        long needed = (long) size + length;
        if (needed > Integer.MAX_VALUE - 16) {
            throw new MalformedException("An encoding of more than 2 GiB");
        }
        long doubled = Math.min(buffer.length * 2L, Integer.MAX_VALUE - 16);
        buffer = Arrays.copyOf(buffer, (int) Math.max(needed, doubled));
    }
}
