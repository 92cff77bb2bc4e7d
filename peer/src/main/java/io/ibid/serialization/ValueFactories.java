package io.ibid.serialization;

import io.ibid.DittoException;
import io.ibid.DittoULong;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.sdk.PlainValues;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The ways to make a value. */
abstract class ValueFactories extends NullableAccessors {

    public static DittoCborSerializable of(String text) {
        return DittoCborSerializable.wrap(Value.of(text));
    }

    public static DittoCborSerializable of(boolean flag) {
        return DittoCborSerializable.wrap(Value.of(flag));
    }

    public static DittoCborSerializable of(int number) {
        return DittoCborSerializable.of((long) number);
    }

    public static DittoCborSerializable of(long number) {
        return DittoCborSerializable.of(BigInteger.valueOf(number));
    }

    /** From -2^64 to 2^64 - 1 an integer, beyond that a number in the tag 2 or 3. */
    public static DittoCborSerializable of(BigInteger number) {
        return Whole.fromInteger(number);
    }

    public static DittoCborSerializable of(DittoULong number) {
        return DittoCborSerializable.of(number.toBigInteger());
    }

    /** NaN and the infinities become null. */
    public static DittoCborSerializable of(float number) {
        return Float.isFinite(number)
                ? new DittoCborSerializable.FloatValue(new Value.Float(number))
                : DittoCborSerializable.NullValue.INSTANCE;
    }

    /** NaN and the infinities become null. */
    public static DittoCborSerializable of(double number) {
        return DittoCborSerializable.wrap(PlainValues.valueOf(number));
    }

    /** A copy of the bytes. */
    public static DittoCborSerializable of(byte[] bytes) {
        return DittoCborSerializable.wrap(new Value.Binary(bytes.clone()));
    }

    /** @throws IllegalArgumentException when an element is no value */
    public static DittoCborSerializable.Array of(List<?> elements) {
        return (DittoCborSerializable.Array) from(Objects.requireNonNull(elements, "elements"));
    }

    /** @throws IllegalArgumentException when a value is none */
    public static DittoCborSerializable.Dictionary of(Map<String, ?> fields) {
        return (DittoCborSerializable.Dictionary) from(Objects.requireNonNull(fields, "fields"));
    }

    /**
     * The value of an object: null, a boxed primitive, text, a character or an enum's constant (as text), bytes, an integer of any
     * size, an iterable or an array, a map with text as keys, a value of this class, or a record or bean, whose properties Jackson reads.
     *
     * @throws IllegalArgumentException naming the class that is none of these
     */
    public static DittoCborSerializable from(@Nullable Object object) {
        try {
            return ObjectReader.read(object);
        } catch (IbidException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public static DittoCborSerializable nullValue() {
        return DittoCborSerializable.NullValue.INSTANCE;
    }

    public static DittoCborSerializable.Array.Builder buildArray() {
        return new DittoCborSerializable.Array.Builder();
    }

    public static DittoCborSerializable.Dictionary.Builder buildDictionary() {
        return new DittoCborSerializable.Dictionary.Builder();
    }

    /**
     * Reads JSON. Integers beyond 64 bits become doubles.
     *
     * @throws DittoException.ValidationException {@code validation/invalid-json}, with line and column
     */
    public static DittoCborSerializable fromJsonString(String json) throws DittoException {
        try {
            return DittoCborSerializable.wrap(Json.parse(json));
        } catch (IbidException e) {
            throw DittoException.ValidationException.invalidJson(e);
        }
    }

    /**
     * Reads any well-formed CBOR whose maps have text as keys.
     *
     * @throws DittoException.ValidationException {@code validation/invalid-cbor}
     */
    public static DittoCborSerializable fromCbor(byte[] cbor) throws DittoException {
        try {
            return CborInput.read(cbor);
        } catch (IbidException e) {
            throw DittoException.ValidationException.invalidCbor(e);
        }
    }
}
