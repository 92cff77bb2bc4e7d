package io.ibid.serialization;

import io.ibid.DittoException;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Cbor;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.sdk.PlainValues;
import io.ibid.peer.sdk.ValueDoor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One immutable value of the data model: an argument of a statement, or what a document holds. Equal when the canonical CBOR is equal.
 *
 * <p>{@link #asString} and its like read it, {@link #of(String)} and its like make one, {@link Dictionary} and {@link Array} hold
 * several.
 */
public abstract sealed class DittoCborSerializable extends CborAccessors
        permits DittoCborSerializable.Array,
                DittoCborSerializable.BooleanValue,
                DittoCborSerializable.ByteString,
                DittoCborSerializable.DoubleValue,
                DictionaryMap,
                DittoCborSerializable.NegativeInteger,
                DittoCborSerializable.NullValue,
                DittoCborSerializable.UnsignedInteger,
                DittoCborSerializable.Utf8String {

    static {
        ValueDoor.install(new ValueDoor() {
            @Override
            protected @Nullable Value content(Object object) {
                return object instanceof DittoCborSerializable value ? value.content() : null;
            }

            @Override
            protected Object wrap(Value value) {
                return DittoCborSerializable.wrap(value);
            }
        });
    }

    static DittoCborSerializable wrap(Value value) {
        return switch (value) {
            case Value.Missing missing -> NullValue.INSTANCE;
            case Value.Null none -> NullValue.INSTANCE;
            case Value.Bool flag -> new BooleanValue(flag);
            case Value.Int number -> number.value() >= 0 ? new UnsignedInteger(number) : new NegativeInteger(number);
            case Value.Float number -> new DoubleValue(number);
            case Value.Text text -> new Utf8String(text);
            case Value.Binary bytes -> new ByteString(bytes);
            case Value.Array array -> new Array(array);
            case Value.Struct struct -> new Dictionary(struct);
        };
    }

    public static DittoCborSerializable of(String text) {
        return wrap(Value.of(text));
    }

    public static DittoCborSerializable of(boolean flag) {
        return wrap(Value.of(flag));
    }

    public static DittoCborSerializable of(int number) {
        return wrap(Value.of((long) number));
    }

    public static DittoCborSerializable of(long number) {
        return wrap(Value.of(number));
    }

    public static DittoCborSerializable of(float number) {
        return wrap(PlainValues.valueOf(number));
    }

    /** NaN and the infinities become null. */
    public static DittoCborSerializable of(double number) {
        return wrap(PlainValues.valueOf(number));
    }

    /** A copy of the bytes. */
    public static DittoCborSerializable of(byte[] bytes) {
        return wrap(new Value.Binary(bytes.clone()));
    }

    public static Array of(List<?> elements) {
        return new Array((Value.Array) plain(elements));
    }

    public static Dictionary of(Map<String, ?> fields) {
        return new Dictionary((Value.Struct) plain(fields));
    }

    /** The value of a plain object: null, a boxed primitive, text, bytes, a list, a map or a value of this class. */
    public static DittoCborSerializable from(@Nullable Object object) {
        return wrap(plain(object));
    }

    public static DittoCborSerializable nullValue() {
        return NullValue.INSTANCE;
    }

    public static Array.Builder buildArray() {
        return new Array.Builder();
    }

    public static Dictionary.Builder buildDictionary() {
        return new Dictionary.Builder();
    }

    /** Integers beyond 64 bits become doubles. */
    public static DittoCborSerializable fromJsonString(String json) throws DittoException {
        try {
            return wrap(Json.parse(json));
        } catch (IbidException e) {
            throw new DittoException.ValidationException(e.code().text(), String.valueOf(e.getMessage()), e);
        }
    }

    public static DittoCborSerializable fromCbor(byte[] cbor) throws DittoException {
        try {
            return wrap(Cbor.decodeAny(cbor));
        } catch (IbidException e) {
            throw new DittoException.ValidationException(e.code().text(), String.valueOf(e.getMessage()), e);
        }
    }

    private static Value plain(@Nullable Object object) {
        try {
            return PlainValues.valueOf(object);
        } catch (IbidException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Byte strings become base64 text. */
    public String toJsonString() {
        return Json.write(content());
    }

    /** The canonical encoding. */
    public byte[] toCbor() {
        return Cbor.encode(content());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoCborSerializable that && content().equals(that.content());
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }

    @Override
    public String toString() {
        return toJsonString();
    }

    /** An integer from 0 to 2^63 - 1. */
    public static final class UnsignedInteger extends DittoCborSerializable {
        private final Value.Int content;

        private UnsignedInteger(Value.Int content) {
            this.content = content;
        }

        @Override
        Value content() {
            return content;
        }
    }

    /** An integer from -2^63 to -1. */
    public static final class NegativeInteger extends DittoCborSerializable {
        private final Value.Int content;

        private NegativeInteger(Value.Int content) {
            this.content = content;
        }

        @Override
        Value content() {
            return content;
        }
    }

    /** A number that is no integer, or was given as a double. */
    public static final class DoubleValue extends DittoCborSerializable {
        private final Value.Float content;

        private DoubleValue(Value.Float content) {
            this.content = content;
        }

        @Override
        Value content() {
            return content;
        }
    }

    /** Text. */
    public static final class Utf8String extends DittoCborSerializable {
        private final Value.Text content;

        private Utf8String(Value.Text content) {
            this.content = content;
        }

        @Override
        Value content() {
            return content;
        }
    }

    /** Bytes. */
    public static final class ByteString extends DittoCborSerializable {
        private final Value.Binary content;

        private ByteString(Value.Binary content) {
            this.content = content;
        }

        @Override
        Value content() {
            return content;
        }
    }

    /** True or false. */
    public static final class BooleanValue extends DittoCborSerializable {
        private final Value.Bool content;

        private BooleanValue(Value.Bool content) {
            this.content = content;
        }

        @Override
        Value content() {
            return content;
        }
    }

    /** Null, and what a dictionary gives for a key that it does not have. */
    public static final class NullValue extends DittoCborSerializable {
        private static final NullValue INSTANCE = new NullValue();

        private NullValue() {}

        @Override
        Value content() {
            return Value.NULL;
        }
    }

    /** An ordered list of values. */
    public static final class Array extends DittoCborSerializable implements Iterable<DittoCborSerializable> {
        private final Value.Array content;

        private Array(Value.Array content) {
            this.content = content;
        }

        @Override
        Value content() {
            return content;
        }

        public int size() {
            return content.elements().size();
        }

        public DittoCborSerializable get(int index) {
            return wrap(content.elements().get(index));
        }

        @Override
        public Iterator<DittoCborSerializable> iterator() {
            return content.elements().stream().map(DittoCborSerializable::wrap).iterator();
        }

        /** Collects elements; not thread-safe. */
        public static final class Builder {
            private final List<Value> elements = new ArrayList<>();

            private Builder() {}

            /** Anything that {@link DittoCborSerializable#from} takes. */
            public Builder add(@Nullable Object element) {
                elements.add(plain(element));
                return this;
            }

            public Array build() {
                return new Array(new Value.Array(elements));
            }
        }
    }

    /**
     * Values by name: a document, a nested object or the arguments of a statement. {@link #get(String)} gives values of this class;
     * as a {@link Map} it is unmodifiable and gives plain objects.
     */
    public static final class Dictionary extends DictionaryMap {
        private final Value.Struct content;

        private Dictionary(Value.Struct content) {
            this.content = content;
        }

        @Override
        Value.Struct struct() {
            return content;
        }

        /** The value, or a {@link NullValue} when there is none; {@link #containsKey} tells the difference. */
        public DittoCborSerializable get(String key) {
            return wrap(content.get(key));
        }

        /** Collects fields, of one name the last; not thread-safe. */
        public static final class Builder {
            private final Value.Struct.Builder fields = Value.Struct.builder();

            private Builder() {}

            /** Anything that {@link DittoCborSerializable#from} takes. */
            public Builder put(String key, @Nullable Object value) {
                fields.put(key, plain(value));
                return this;
            }

            public Dictionary build() {
                return new Dictionary(fields.build());
            }
        }
    }
}
