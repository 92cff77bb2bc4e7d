package io.ibid;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A whole number from 0 to 2^64 - 1: lengths in bytes. Immutable. */
public final class DittoULong extends Number implements Comparable<DittoULong> {
    private static final long serialVersionUID = 1L;

    private final long bits;

    private DittoULong(long bits) {
        this.bits = bits;
    }

    /** The number whose 64 bits these are: a negative argument is a number of 2^63 or more. */
    public static DittoULong of(long bits) {
        return new DittoULong(bits);
    }

    @Override
    public int intValue() {
        return (int) bits;
    }

    /** The 64 bits; negative from 2^63 on. */
    @Override
    public long longValue() {
        return bits;
    }

    @Override
    public float floatValue() {
        return toBigInteger().floatValue();
    }

    @Override
    public double doubleValue() {
        return toBigInteger().doubleValue();
    }

    public BigInteger toBigInteger() {
        return new BigInteger(toString());
    }

    @Override
    public int compareTo(DittoULong other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoULong that && bits == that.bits;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(bits);
    }

    /** In decimal digits. */
    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
