package io.ibid.serialization;

import io.ibid.DittoAttachmentToken;
import io.ibid.DittoException;
import io.ibid.DittoULong;
import io.ibid.core.value.Value;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value as what it has to be. Each {@code asX} throws a {@link DittoException.ValidationException} with the code
 * {@code validation/type-mismatch} when it is something else, or a number out of the range.
 */
abstract class StrictAccessors extends OptionalAccessors {

    public String asString() throws DittoException {
        return require(asStringOrNull(), "string");
    }

    public boolean asBoolean() throws DittoException {
        return require(asBooleanOrNull(), "boolean");
    }

    /** An integer from -128 to 127. */
    public byte asByte() throws DittoException {
        return require(asByteOrNull(), "8-bit integer");
    }

    /** An integer from -32,768 to 32,767. */
    public short asShort() throws DittoException {
        return require(asShortOrNull(), "16-bit integer");
    }

    /** An integer from -2^31 to 2^31 - 1. */
    public int asInt() throws DittoException {
        return require(asIntOrNull(), "32-bit integer");
    }

    /** An integer from -2^63 to 2^63 - 1. */
    public long asLong() throws DittoException {
        return require(asLongOrNull(), "integer");
    }

    /** Any number that a float holds exactly. */
    public float asFloat() throws DittoException {
        return require(asFloatOrNull(), "number that fits a float");
    }

    /** Any number that a double holds exactly. */
    public double asDouble() throws DittoException {
        return require(asDoubleOrNull(), "number that fits a double");
    }

    /** Any integer, those in the tags 2 and 3 included. */
    public BigInteger asBigInteger() throws DittoException {
        return require(asBigIntegerOrNull(), "integer");
    }

    /** An integer from 0 to 255. */
    public short asUnsignedByte() throws DittoException {
        return require(asUnsignedByteOrNull(), "unsigned 8-bit integer");
    }

    /** An integer from 0 to 65,535. */
    public int asUnsignedShort() throws DittoException {
        return require(asUnsignedShortOrNull(), "unsigned 16-bit integer");
    }

    /** An integer from 0 to 2^32 - 1. */
    public long asUnsignedInt() throws DittoException {
        return require(asUnsignedIntOrNull(), "unsigned 32-bit integer");
    }

    /** An integer from 0 to 2^64 - 1. */
    public DittoULong asUnsignedLong() throws DittoException {
        return require(asUnsignedLongOrNull(), "unsigned 64-bit integer");
    }

    /** A copy of the bytes. */
    public byte[] asByteString() throws DittoException {
        return require(asByteStringOrNull(), "byte string");
    }

    /** The elements of an array; unmodifiable. */
    public List<DittoCborSerializable> asList() throws DittoException {
        return require(asListOrNull(), "array");
    }

    public DittoCborSerializable.Dictionary asDictionary() throws DittoException {
        return require(asDictionaryOrNull(), "dictionary");
    }

    /** The token that a document holds in place of an attachment. */
    public DittoAttachmentToken asAttachmentToken() throws DittoException {
        return require(asAttachmentTokenOrNull(), "attachment token");
    }

    public DittoCborSerializable.Tagged asTagged() throws DittoException {
        return require(asTaggedOrNull(), "tag");
    }

    final <T> T require(@Nullable T value, String expected) throws DittoException {
        if (value == null) {
            throw DittoException.ValidationException.typeMismatch("expected " + expected + ", found " + found());
        }
        return value;
    }

    private String found() {
        return switch (valueOrNull()) {
            case null ->
                switch (this) {
                    case DittoCborSerializable.Tagged tagged -> "tag " + tagged.getTag();
                    case DittoCborSerializable.Array array -> "array";
                    case DittoCborSerializable.Dictionary dictionary -> "dictionary";
                    default -> "integer beyond 64 bits";
                };
            case Value.Missing missing -> "nothing";
            case Value.Null none -> "null";
            case Value.Bool flag -> "boolean";
            case Value.Int number -> "integer";
            case Value.Float number -> "float";
            case Value.Text text -> "string";
            case Value.Binary bytes -> "byte string";
            case Value.Array array -> "array";
            case Value.Struct struct -> "dictionary";
        };
    }
}
