package io.ibid.core.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Strict UTF-8. The JDK's own conversions replace what is malformed by a question mark; here two different inputs must never become
 * the same text, so malformed bytes and lone surrogates are refused. ASCII, which nearly all names and most texts are, never
 * leaves the fast path.
 */
final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private Utf8() {}

    static boolean isAscii(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = offset;
        for (; at <= end - 8; at += 8) {
            if (((long) LONGS.get(bytes, at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The text of a range that lies within the array. */
    static String decode(byte[] bytes, int offset, int length) {
        if (isAscii(bytes, offset, length)) {
            return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        }
        int invalid = firstInvalid(bytes, offset, offset + length);
        if (invalid >= 0) {
            throw new MalformedException("Invalid UTF-8 at byte " + (invalid - offset) + " of a text");
        }
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    /** The position of the first byte that does not belong to well-formed UTF-8 (Unicode, table 3-7), or -1. */
    static int firstInvalid(byte[] bytes, int offset, int end) {
        int at = offset;
        while (at < end) {
            int length = sequenceLength(bytes, at, end);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    /** The length of the well-formed sequence that starts here, or 0. */
    static int sequenceLength(byte[] bytes, int at, int end) {
        int lead = bytes[at];
        if (lead >= 0) {
            return 1;
        }
        lead &= 0xff;
        if (lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (end - at < length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        // The second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF.
        int low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** The number of bytes of a text in UTF-8. */
    static int length(String text) {
        int chars = text.length();
        int length = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                if (c < 0x800) {
                    length++;
                } else if (Character.isSurrogate(c)) {
                    pair(text, i++);
                    length += 2; // two chars, four bytes
                } else {
                    length += 2;
                }
            }
        }
        return length;
    }

    /** Writes a text whose bytes are known to fit; returns the position behind it. */
    static int encode(String text, byte[] target, int offset) {
        int chars = text.length();
        int at = offset;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                target[at++] = (byte) c;
            } else if (c < 0x800) {
                target[at++] = (byte) (0xc0 | (c >> 6));
                target[at++] = (byte) (0x80 | (c & 0x3f));
            } else if (Character.isSurrogate(c)) {
                int point = pair(text, i++);
                target[at++] = (byte) (0xf0 | (point >> 18));
                target[at++] = (byte) (0x80 | ((point >> 12) & 0x3f));
                target[at++] = (byte) (0x80 | ((point >> 6) & 0x3f));
                target[at++] = (byte) (0x80 | (point & 0x3f));
            } else {
                target[at++] = (byte) (0xe0 | (c >> 12));
                target[at++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                target[at++] = (byte) (0x80 | (c & 0x3f));
            }
        }
        return at;
    }

    static byte[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // A question mark may stand for a lone surrogate; length() throws if one does.
        if (contains(bytes, '?') && length(text) != bytes.length) {
            throw new AssertionError("Two encoders disagree");
        }
        return bytes;
    }

    static boolean contains(byte[] bytes, char wanted) {
        long pattern = wanted * LOW_BITS;
        int at = 0;
        for (; at <= bytes.length - 8; at += 8) {
            long different = (long) LONGS.get(bytes, at) ^ pattern;
            // True exactly when one of its bytes is zero.
            if (((different - LOW_BITS) & ~different & HIGH_BITS) != 0) {
                return true;
            }
        }
        for (; at < bytes.length; at++) {
            if (bytes[at] == wanted) {
                return true;
            }
        }
        return false;
    }

    /** The position of the first surrogate that is not one of a pair, or -1. */
    static int loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (text.codePointAt(i) < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private static int pair(String text, int index) {
        int point = text.codePointAt(index);
        if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            throw new MalformedException("Lone surrogate at character " + index + " of a text");
        }
        return point;
    }

    /** Compares well-formed bytes with a text by code point, as their byte orders do, without decoding or encoding either. */
    static int compare(byte[] bytes, int offset, int length, String text) {
        int chars = text.length();
        int common = Math.min(length, chars);
        for (int i = 0; i < common; i++) {
            int x = bytes[offset + i];
            int y = text.charAt(i);
            if (x != y) {
                return x >= 0 && y < 0x80 ? x - y : compareBeyondAscii(bytes, offset + i, length - i, text, i);
            }
        }
        return length - chars;
    }

    private static int compareBeyondAscii(byte[] bytes, int offset, int length, String text, int from) {
        byte[] rest = new byte[4];
        int at = offset;
        int end = offset + length;
        int chars = text.length();
        for (int i = from; i < chars; ) {
            int point = text.codePointAt(i);
            int size = encodePoint(point, rest);
            for (int k = 0; k < size; k++, at++) {
                if (at == end) {
                    return -1;
                }
                int order = (bytes[at] & 0xff) - (rest[k] & 0xff);
                if (order != 0) {
                    return order;
                }
            }
            i += Character.charCount(point);
        }
        return end - at;
    }

    /** Writes one code point, a surrogate like any other; returns the number of bytes, at most 4. */
    static int encodePoint(int point, byte[] target) {
        if (point < 0x80) {
            target[0] = (byte) point;
            return 1;
        }
        int size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        int rest = point;
        for (int i = size - 1; i > 0; i--) {
            target[i] = (byte) (0x80 | (rest & 0x3f));
            rest >>= 6;
        }
        target[0] = (byte) ((0xf00 >> size) | rest);
        return size;
    }
}
