package io.ibid.serialization;

import io.ibid.DittoException;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value as what it should be. Each {@code asX} throws a {@link DittoException.ValidationException} with the code
 * {@code validation/type-mismatch} when it is something else; {@code asXOrNull} gives null instead.
 */
abstract class CborAccessors {

    abstract Value content();

    public String asString() throws DittoException {
        return require(asStringOrNull(), "string");
    }

    public @Nullable String asStringOrNull() {
        return content() instanceof Value.Text(String text) ? text : null;
    }

    public boolean asBoolean() throws DittoException {
        return require(asBooleanOrNull(), "boolean");
    }

    public @Nullable Boolean asBooleanOrNull() {
        return content() instanceof Value.Bool(boolean flag) ? Boolean.valueOf(flag) : null;
    }

    /** An integer from -2^31 to 2^31 - 1. */
    public int asInt() throws DittoException {
        return require(asIntOrNull(), "32-bit integer");
    }

    public @Nullable Integer asIntOrNull() {
        return content() instanceof Value.Int(long number) && number == (int) number
                ? Integer.valueOf((int) number)
                : null;
    }

    public long asLong() throws DittoException {
        return require(asLongOrNull(), "integer");
    }

    public @Nullable Long asLongOrNull() {
        return content() instanceof Value.Int(long number) ? Long.valueOf(number) : null;
    }

    /** Any number that a double holds exactly. */
    public double asDouble() throws DittoException {
        return require(asDoubleOrNull(), "number that fits a double");
    }

    public @Nullable Double asDoubleOrNull() {
        return switch (content()) {
            case Value.Float(double number) -> number;
            case Value.Int(long number) when isExact(number) -> (double) number;
            default -> null;
        };
    }

    // Beyond 2^63 - 1 the cast back saturates, so that Long.MAX_VALUE would look exact.
    private static boolean isExact(long number) {
        return (long) (double) number == number && number != Long.MAX_VALUE;
    }

    /** Any number that a float holds exactly. */
    public float asFloat() throws DittoException {
        return require(asFloatOrNull(), "number that fits a float");
    }

    public @Nullable Float asFloatOrNull() {
        Double number = asDoubleOrNull();
        return number != null && (double) number.floatValue() == number ? Float.valueOf(number.floatValue()) : null;
    }

    /** A copy of the bytes. */
    public byte[] asByteString() throws DittoException {
        return require(asByteStringOrNull(), "byte string");
    }

    public byte @Nullable [] asByteStringOrNull() {
        return content() instanceof Value.Binary(byte[] bytes) ? bytes.clone() : null;
    }

    public List<DittoCborSerializable> asList() throws DittoException {
        return require(asListOrNull(), "array");
    }

    public @Nullable List<DittoCborSerializable> asListOrNull() {
        if (!(content() instanceof Value.Array(List<Value> elements))) {
            return null;
        }
        List<DittoCborSerializable> list = new ArrayList<>(elements.size());
        for (Value element : elements) {
            list.add(DittoCborSerializable.wrap(element));
        }
        return List.copyOf(list);
    }

    public DittoCborSerializable.Dictionary asDictionary() throws DittoException {
        return require(asDictionaryOrNull(), "dictionary");
    }

    public DittoCborSerializable.@Nullable Dictionary asDictionaryOrNull() {
        return this instanceof DittoCborSerializable.Dictionary dictionary ? dictionary : null;
    }

    private <T> T require(@Nullable T value, String expected) throws DittoException {
        if (value == null) {
            throw new DittoException.ValidationException(
                    "validation/type-mismatch", "expected " + expected + ", found " + found(content()), null);
        }
        return value;
    }

    private static String found(Value value) {
        return switch (value) {
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
