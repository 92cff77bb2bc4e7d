package io.ibid.serialization;

import io.ibid.DittoULong;
import io.ibid.core.value.Value;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Integers of any size: CBOR has an own form up to 64 bits and a sign, and tagged bytes beyond. */
abstract sealed class Whole extends DittoCborSerializable
        permits DittoCborSerializable.NegativeInteger, DittoCborSerializable.UnsignedInteger {
    private static final int TAG_POSITIVE = 2;
    private static final int TAG_NEGATIVE = 3;

    private final BigInteger number;

    Whole(BigInteger number) {
        this.number = number;
    }

    public BigInteger toBigInteger() {
        return number;
    }

    @Override
    @Nullable
    Value valueOrNull() {
        return number.bitLength() < Long.SIZE ? Value.of(number.longValue()) : null;
    }

    @Override
    Object plain() {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    static DittoCborSerializable fromInteger(BigInteger number) {
        boolean isNegative = number.signum() < 0;
        BigInteger magnitude = isNegative ? number.not() : number;
        if (magnitude.bitLength() <= Long.SIZE) {
            return isNegative
                    ? new DittoCborSerializable.NegativeInteger(number)
                    : new DittoCborSerializable.UnsignedInteger(number);
        }
        byte[] bytes = magnitude.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        byte[] digits = new byte[bytes.length - sign];
        System.arraycopy(bytes, sign, digits, 0, digits.length);
        return new DittoCborSerializable.Tagged(
                DittoULong.of(isNegative ? TAG_NEGATIVE : TAG_POSITIVE), DittoCborSerializable.of(digits));
    }

    /** The number in the bytes of a tag; null when the tag is another one. */
    static @Nullable BigInteger ofTag(long tag, byte[] bytes) {
        BigInteger magnitude = new BigInteger(1, bytes);
        return tag == TAG_POSITIVE ? magnitude : tag == TAG_NEGATIVE ? magnitude.not() : null;
    }
}
