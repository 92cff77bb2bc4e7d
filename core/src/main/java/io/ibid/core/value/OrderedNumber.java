package io.ibid.core.value;

/**
 * Integers and floats in one order over bytes, exact for both.
 *
 * <p>A number is its sign and a binary fraction {@code 1.mmm * 2^e}. The tag byte gives NaN, negative, zero or positive. For the two
 * with a magnitude follow the bits of a double, only that the mantissa may be longer: 11 bits of biased exponent (0 for subnormal
 * numbers), then as many bits of mantissa as it takes, 52 for any double and 62 for any integer. They go out seven to a byte, the
 * lowest bit of each byte saying that more follow, and stop at the last bit that is set. So 5 takes two bytes, a millisecond
 * timestamp seven or eight. A negative number has all its bits inverted.
 */
final class OrderedNumber {

    private static final int BIAS = 1023;
    private static final int EXPONENT_MAX = 2047;
    private static final int GROUPS_MAX = 11;

    private OrderedNumber() {}

    /** Whether the number is one that integers and floats share: with at most 53 significant bits. */
    static boolean isShared(long number) {
        long magnitude = Math.abs(number); // the smallest long stays as it is, and is one bit
        return number == 0 || 64 - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude) <= 53;
    }

    static boolean isShared(double number) {
        return number == Math.rint(number) && number >= -0x1p63 && number < 0x1p63;
    }

    /** Appends the magnitude of an integer other than zero. */
    static void append(ByteWriter out, long number) {
        long magnitude = Math.abs(number);
        int zeros = Long.numberOfLeadingZeros(magnitude);
        append(out, BIAS + 63 - zeros, magnitude << zeros << 1, number < 0);
    }

    /** Appends the magnitude of a float that is neither zero nor NaN. */
    static void append(ByteWriter out, double number) {
        long bits = Double.doubleToRawLongBits(number);
        append(out, (int) (bits >>> 52) & EXPONENT_MAX, bits << 12, number < 0);
    }

    private static void append(ByteWriter out, int exponent, long mantissa, boolean negative) {
        int mask = negative ? 0xff : 0;
        // The mantissa is left-aligned: its first three bits share a byte with the exponent's last four.
        int second = ((exponent & 0xf) << 3) | (int) (mantissa >>> 61);
        long rest = mantissa << 3;
        boolean more = (second | rest) != 0;
        out.u8(((exponent >>> 4 << 1) | (more ? 1 : 0)) ^ mask);
        if (more) {
            out.u8(((second << 1) | (rest != 0 ? 1 : 0)) ^ mask);
            while (rest != 0) {
                int group = (int) (rest >>> 57);
                rest <<= 7;
                out.u8(((group << 1) | (rest != 0 ? 1 : 0)) ^ mask);
            }
        }
    }

    /** Reads a magnitude back: an Int when it is a number that an Int can hold, else a Float. */
    static Value read(ByteReader in, boolean negative) {
        int mask = negative ? 0xff : 0;
        int exponent = 0;
        long mantissa = 0;
        for (int i = 0; ; i++) {
            int next = in.u8() ^ mask;
            int group = next >> 1;
            boolean more = (next & 1) != 0;
            if ((!more && group == 0) || (i == GROUPS_MAX - 1 && (more || (group & 3) != 0))) {
                throw new MalformedException("A number in a form that no number has, before byte " + in.position());
            }
            if (i == 0) {
                exponent = group << 4;
            } else if (i == 1) {
                exponent |= group >> 3;
                mantissa = (long) group << 61;
            } else {
                int shift = 61 - 7 * (i - 1);
                mantissa |= shift < 0 ? group >> -shift : (long) group << shift;
            }
            if (!more) {
                return number(exponent, mantissa, negative, in);
            }
        }
    }

    private static Value number(int exponent, long mantissa, boolean negative, ByteReader in) {
        int fractionBits = mantissa == 0 ? 0 : 64 - Long.numberOfTrailingZeros(mantissa);
        int power = exponent - BIAS;
        if (power >= 0 && fractionBits <= power && (power < 63 || (power == 63 && negative && mantissa == 0))) {
            long magnitude = ((mantissa >>> 1) | Long.MIN_VALUE) >>> (63 - power);
            return Value.of(negative ? -magnitude : magnitude);
        }
        if (fractionBits > 52 || (exponent == EXPONENT_MAX && mantissa != 0)) {
            throw new MalformedException("A number that is neither integer nor float, before byte " + in.position());
        }
        long sign = negative ? Long.MIN_VALUE : 0;
        return Value.of(Double.longBitsToDouble(sign | ((long) exponent << 52) | (mantissa >>> 12)));
    }
}
