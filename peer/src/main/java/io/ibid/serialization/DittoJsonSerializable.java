package io.ibid.serialization;

import io.ibid.DittoException;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.sdk.PlainValues;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One immutable value of JSON, which has no bytes and no tags. Equal when the JSON is. */
public abstract sealed class DittoJsonSerializable
        permits DittoJsonSerializable.ArrayValue,
                DittoJsonSerializable.NullValue,
                DittoJsonSerializable.ObjectValue,
                DittoJsonSerializable.PrimitiveValue,
                DittoJsonSerializable.StringValue {
    private final Value value;

    private DittoJsonSerializable(Value value) {
        this.value = value;
    }

    public static StringValue of(String text) {
        return new StringValue(Value.of(text));
    }

    public static PrimitiveValue of(boolean flag) {
        return new PrimitiveValue(Value.of(flag));
    }

    public static PrimitiveValue of(int number) {
        return of((long) number);
    }

    public static PrimitiveValue of(long number) {
        return new PrimitiveValue(Value.of(number));
    }

    /** @throws IllegalArgumentException for NaN and the infinities */
    public static PrimitiveValue of(float number) {
        return of((double) number);
    }

    /** @throws IllegalArgumentException for NaN and the infinities */
    public static PrimitiveValue of(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no " + number);
        }
        return new PrimitiveValue(Value.of(number));
    }

    /** @throws IllegalArgumentException when an element is nothing that JSON has */
    public static ArrayValue of(List<?> elements) {
        return new ArrayValue((Value.Array) valueOf(Objects.requireNonNull(elements, "elements")));
    }

    /** @throws IllegalArgumentException when a value is nothing that JSON has */
    public static ObjectValue of(Map<String, ?> fields) {
        return new ObjectValue((Value.Struct) valueOf(Objects.requireNonNull(fields, "fields")));
    }

    public static NullValue nullValue() {
        return NullValue.INSTANCE;
    }

    /** @throws DittoException.ValidationException {@code validation/invalid-json}, with line and column */
    public static DittoJsonSerializable fromJsonString(String json) throws DittoException {
        try {
            return wrap(Json.parse(json));
        } catch (IbidException e) {
            throw DittoException.ValidationException.invalidJson(e);
        }
    }

    private static DittoJsonSerializable wrap(Value value) {
        return switch (value) {
            case Value.Missing missing -> NullValue.INSTANCE;
            case Value.Null none -> NullValue.INSTANCE;
            case Value.Bool flag -> new PrimitiveValue(flag);
            case Value.Int number -> new PrimitiveValue(number);
            case Value.Float number -> new PrimitiveValue(number);
            case Value.Text text -> new StringValue(text);
            case Value.Binary bytes -> throw new AssertionError("JSON has no bytes");
            case Value.Array array -> new ArrayValue(array);
            case Value.Struct struct -> new ObjectValue(struct);
        };
    }

    private static Value valueOf(Object object) {
        try {
            Value value = PlainValues.valueOf(plainOf(object));
            requireNoBytes(value);
            return value;
        } catch (IbidException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Object plainOf(Object object) {
        return object instanceof DittoJsonSerializable json
                ? Objects.requireNonNull(PlainValues.of(json.value))
                : object;
    }

    private static void requireNoBytes(Value value) {
        switch (value) {
            case Value.Binary bytes -> throw new IbidException(ErrorCode.VALIDATION, "JSON has no bytes");
            case Value.Array(List<Value> elements) -> elements.forEach(DittoJsonSerializable::requireNoBytes);
            case Value.Struct struct -> {
                for (int i = 0; i < struct.size(); i++) {
                    requireNoBytes(struct.value(i));
                }
            }
            default -> {}
        }
    }

    /** Without blanks, keys by code point. */
    public String toJsonString() {
        return Json.write(value);
    }

    /** As null, {@link Boolean}, {@link Long}, {@link Double}, {@link String}, {@link List} or {@link Map}, unmodifiable. */
    public @Nullable Object toPlain() {
        return PlainValues.of(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoJsonSerializable that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** As JSON. */
    @Override
    public String toString() {
        return toJsonString();
    }

    /** Values by name. */
    public static final class ObjectValue extends DittoJsonSerializable {
        private final Value.Struct fields;

        private ObjectValue(Value.Struct fields) {
            super(fields);
            this.fields = fields;
        }

        /** Unmodifiable, of plain objects. */
        public Map<String, @Nullable Object> toMap() {
            return PlainValues.map(fields);
        }
    }

    /** An ordered list of values. */
    public static final class ArrayValue extends DittoJsonSerializable {
        private ArrayValue(Value.Array elements) {
            super(elements);
        }
    }

    /** Text. */
    public static final class StringValue extends DittoJsonSerializable {
        private StringValue(Value.Text text) {
            super(text);
        }
    }

    /** A number or a boolean. */
    public static final class PrimitiveValue extends DittoJsonSerializable {
        private PrimitiveValue(Value primitive) {
            super(primitive);
        }
    }

    /** JSON's null. */
    public static final class NullValue extends DittoJsonSerializable {
        private static final NullValue INSTANCE = new NullValue();

        private NullValue() {
            super(Value.NULL);
        }
    }
}
