package io.ibid.serialization;

import io.ibid.DittoAttachmentToken;
import io.ibid.DittoException;
import io.ibid.DittoULong;
import io.ibid.core.value.Value;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value that may be null. Each {@code asNullableX} gives null for CBOR's null, which is also what a dictionary gives for a key
 * that it does not have, and throws as {@code asX} does for anything else that is no X.
 */
abstract class NullableAccessors extends StrictAccessors {

    private boolean isNull() {
        return valueOrNull() instanceof Value.Null;
    }

    public @Nullable String asNullableString() throws DittoException {
        return isNull() ? null : asString();
    }

    public @Nullable Boolean asNullableBoolean() throws DittoException {
        return isNull() ? null : asBoolean();
    }

    public @Nullable Byte asNullableByte() throws DittoException {
        return isNull() ? null : asByte();
    }

    public @Nullable Short asNullableShort() throws DittoException {
        return isNull() ? null : asShort();
    }

    public @Nullable Integer asNullableInt() throws DittoException {
        return isNull() ? null : asInt();
    }

    public @Nullable Long asNullableLong() throws DittoException {
        return isNull() ? null : asLong();
    }

    public @Nullable Float asNullableFloat() throws DittoException {
        return isNull() ? null : asFloat();
    }

    public @Nullable Double asNullableDouble() throws DittoException {
        return isNull() ? null : asDouble();
    }

    public @Nullable BigInteger asNullableBigInteger() throws DittoException {
        return isNull() ? null : asBigInteger();
    }

    public @Nullable Short asNullableUnsignedByte() throws DittoException {
        return isNull() ? null : asUnsignedByte();
    }

    public @Nullable Integer asNullableUnsignedShort() throws DittoException {
        return isNull() ? null : asUnsignedShort();
    }

    public @Nullable Long asNullableUnsignedInt() throws DittoException {
        return isNull() ? null : asUnsignedInt();
    }

    public @Nullable DittoULong asNullableUnsignedLong() throws DittoException {
        return isNull() ? null : asUnsignedLong();
    }

    public byte @Nullable [] asNullableByteString() throws DittoException {
        return isNull() ? null : asByteString();
    }

    public @Nullable List<DittoCborSerializable> asNullableList() throws DittoException {
        return isNull() ? null : asList();
    }

    public DittoCborSerializable.@Nullable Dictionary asNullableDictionary() throws DittoException {
        return isNull() ? null : asDictionary();
    }

    public @Nullable DittoAttachmentToken asNullableAttachmentToken() throws DittoException {
        return isNull() ? null : asAttachmentToken();
    }

    public DittoCborSerializable.@Nullable Tagged asNullableTagged() throws DittoException {
        return isNull() ? null : asTagged();
    }
}
