package io.ibid.serialization;

import io.ibid.DittoAttachmentToken;
import io.ibid.DittoException;
import io.ibid.DittoULong;
import io.ibid.core.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value as what it may be: each {@code asXOrNull} gives null when it is something else, or a number out of the range. Integer
 * accessors take integers only; those for floating point every number that they can hold exactly.
 */
abstract class OptionalAccessors {

    /** The engine's value; null when it has none for this: an integer beyond 64 bits, a tag, or something that holds one of them. */
    abstract @Nullable Value valueOrNull();

    private @Nullable Long integerWithin(long min, long max) {
        return valueOrNull() instanceof Value.Int(long number) && number >= min && number <= max ? number : null;
    }

    public @Nullable String asStringOrNull() {
        return valueOrNull() instanceof Value.Text(String text) ? text : null;
    }

    public @Nullable Boolean asBooleanOrNull() {
        return valueOrNull() instanceof Value.Bool(boolean flag) ? Boolean.valueOf(flag) : null;
    }

    public @Nullable Byte asByteOrNull() {
        Long number = integerWithin(Byte.MIN_VALUE, Byte.MAX_VALUE);
        return number == null ? null : Byte.valueOf(number.byteValue());
    }

    public @Nullable Short asShortOrNull() {
        Long number = integerWithin(Short.MIN_VALUE, Short.MAX_VALUE);
        return number == null ? null : Short.valueOf(number.shortValue());
    }

    public @Nullable Integer asIntOrNull() {
        Long number = integerWithin(Integer.MIN_VALUE, Integer.MAX_VALUE);
        return number == null ? null : Integer.valueOf(number.intValue());
    }

    public @Nullable Long asLongOrNull() {
        return integerWithin(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    public @Nullable Short asUnsignedByteOrNull() {
        Long number = integerWithin(0, 0xFF);
        return number == null ? null : Short.valueOf(number.shortValue());
    }

    public @Nullable Integer asUnsignedShortOrNull() {
        Long number = integerWithin(0, 0xFFFF);
        return number == null ? null : Integer.valueOf(number.intValue());
    }

    public @Nullable Long asUnsignedIntOrNull() {
        return integerWithin(0, 0xFFFF_FFFFL);
    }

    public @Nullable DittoULong asUnsignedLongOrNull() {
        BigInteger number = integerOrNull();
        return number == null || number.signum() < 0 ? null : DittoULong.of(number.longValue());
    }

    /** Any integer, those in the tags 2 and 3 included. */
    public @Nullable BigInteger asBigIntegerOrNull() {
        return this instanceof DittoCborSerializable.Tagged tagged ? tagged.bigIntegerOrNull() : integerOrNull();
    }

    private @Nullable BigInteger integerOrNull() {
        return switch (this) {
            case DittoCborSerializable.UnsignedInteger number -> number.toBigInteger();
            case DittoCborSerializable.NegativeInteger number -> number.toBigInteger();
            default -> null;
        };
    }

    /** Any number that a double holds exactly. */
    public @Nullable Double asDoubleOrNull() {
        if (valueOrNull() instanceof Value.Float(double number)) {
            return number;
        }
        BigInteger integer = integerOrNull();
        if (integer == null) {
            return null;
        }
        // Those are exact whose significant part fits 53 bits.
        int bits = integer.abs().bitLength() - Math.max(0, integer.getLowestSetBit());
        return bits <= 53 ? Double.valueOf(integer.doubleValue()) : null;
    }

    /** Any number that a float holds exactly. */
    public @Nullable Float asFloatOrNull() {
        Double number = asDoubleOrNull();
        if (number == null) {
            return null;
        }
        return (double) number.floatValue() == number || number.isNaN() ? Float.valueOf(number.floatValue()) : null;
    }

    /** A copy of the bytes. */
    public byte @Nullable [] asByteStringOrNull() {
        return valueOrNull() instanceof Value.Binary(byte[] bytes) ? bytes.clone() : null;
    }

    /** The elements of an array; unmodifiable. */
    public @Nullable List<DittoCborSerializable> asListOrNull() {
        if (!(this instanceof DittoCborSerializable.Array array)) {
            return null;
        }
        List<DittoCborSerializable> list = new ArrayList<>(array.size());
        array.forEach(list::add);
        return List.copyOf(list);
    }

    public DittoCborSerializable.@Nullable Dictionary asDictionaryOrNull() {
        return this instanceof DittoCborSerializable.Dictionary dictionary ? dictionary : null;
    }

    public @Nullable DittoAttachmentToken asAttachmentTokenOrNull() {
        DittoCborSerializable.Dictionary fields = asDictionaryOrNull();
        try {
            return fields == null ? null : DittoAttachmentToken.of(fields);
        } catch (DittoException noToken) {
            return null;
        }
    }

    public DittoCborSerializable.@Nullable Tagged asTaggedOrNull() {
        return this instanceof DittoCborSerializable.Tagged tagged ? tagged : null;
    }
}
