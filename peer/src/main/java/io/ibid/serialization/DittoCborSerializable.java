package io.ibid.serialization;

import io.ibid.DittoException;
import io.ibid.DittoULong;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import io.ibid.peer.sdk.PlainValues;
import io.ibid.peer.sdk.UserObjects;
import io.ibid.peer.sdk.ValueDoor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One immutable value of the data model: an argument of a statement, or what a document holds. Equal when the canonical CBOR is equal.
 *
 * <p>{@link #asString} and its like read it, {@link #of(String)} and its like make one, {@link Dictionary} and {@link Array} hold
 * several. Tags and integers beyond 64 bits can be read, written and converted; statements do not take them as arguments.
 */
public abstract sealed class DittoCborSerializable extends ValueFactories
        permits DittoCborSerializable.Array,
                DictionaryMap,
                DittoCborSerializable.NullValue,
                Scalar,
                DittoCborSerializable.Tagged,
                Whole {

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
            case Value.Int number -> of(number.value());
            case Value.Float number -> new DoubleValue(number);
            case Value.Text text -> new Utf8String(text);
            case Value.Binary bytes -> new ByteString(bytes);
            case Value.Array array -> new Array(array, null);
            case Value.Struct struct -> new Dictionary(struct, null);
        };
    }

    /** The engine's value, or the reason why a statement cannot take this. */
    final Value content() {
        Value value = valueOrNull();
        if (value == null) {
            throw new IbidException(
                    ErrorCode.QUERY_ARGUMENTS_INVALID,
                    "Invalid arguments: integers beyond 64 bits and tags are no values of documents");
        }
        return value;
    }

    /** As {@link PlainValues#of}, integers beyond 64 bits as {@link BigInteger}, of a tag its content. */
    @Nullable
    Object plain() {
        return PlainValues.of(content());
    }

    /**
     * This value as an object of a class: a record, a bean, a {@link Map}, a boxed primitive; Jackson sets its properties, and what the
     * class does not know is left out.
     *
     * @throws DittoException.ValidationException {@code validation/type-mismatch} when the class cannot hold it
     */
    public <T> T as(Class<T> type) throws DittoException {
        try {
            return require(UserObjects.as(plain(), Objects.requireNonNull(type, "type")), type.getSimpleName());
        } catch (IbidException e) {
            throw DittoException.ValidationException.typeMismatch(String.valueOf(e.getMessage()));
        }
    }

    /** Byte strings become base64 text, a tag its content. */
    public String toJsonString() {
        StringBuilder json = new StringBuilder();
        CborOutput.appendJson(json, this);
        return json.toString();
    }

    /** The canonical encoding (RFC 8949, section 4.2). */
    public byte[] toCbor() {
        return CborOutput.encode(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof DittoCborSerializable that)) {
            return false;
        }
        Value value = valueOrNull();
        return value == null
                ? that.valueOrNull() == null && Arrays.equals(toCbor(), that.toCbor())
                : value.equals(that.valueOrNull());
    }

    @Override
    public int hashCode() {
        Value value = valueOrNull();
        return value == null ? Arrays.hashCode(toCbor()) : value.hashCode();
    }

    /** As JSON. */
    @Override
    public String toString() {
        return toJsonString();
    }

    /** An integer from 0 to 2^64 - 1. */
    public static final class UnsignedInteger extends Whole {
        UnsignedInteger(BigInteger number) {
            super(number);
        }
    }

    /** An integer from -2^64 to -1. */
    public static final class NegativeInteger extends Whole {
        NegativeInteger(BigInteger number) {
            super(number);
        }
    }

    /** A number that was given as a float. */
    public static final class FloatValue extends Scalar {
        FloatValue(Value.Float content) {
            super(content);
        }
    }

    /** A number that is no integer, or was given as a double. */
    public static final class DoubleValue extends Scalar {
        DoubleValue(Value.Float content) {
            super(content);
        }
    }

    /** Text. */
    public static final class Utf8String extends Scalar {
        Utf8String(Value.Text content) {
            super(content);
        }
    }

    /** Bytes. */
    public static final class ByteString extends Scalar {
        ByteString(Value.Binary content) {
            super(content);
        }
    }

    /** True or false. */
    public static final class BooleanValue extends Scalar {
        BooleanValue(Value.Bool content) {
            super(content);
        }
    }

    /** Null, and what a dictionary gives for a key that it does not have. */
    public static final class NullValue extends DittoCborSerializable {
        static final NullValue INSTANCE = new NullValue();

        private NullValue() {}

        @Override
        Value valueOrNull() {
            return Value.NULL;
        }
    }

    /** A value with a tag that says what it means, such as 0 for a date and time as text or 2 for a big integer as bytes. */
    public static final class Tagged extends DittoCborSerializable {
        private final DittoULong tag;
        private final DittoCborSerializable value;

        Tagged(DittoULong tag, DittoCborSerializable value) {
            this.tag = tag;
            this.value = value;
        }

        public DittoULong getTag() {
            return tag;
        }

        public DittoCborSerializable getValue() {
            return value;
        }

        @Nullable
        BigInteger bigIntegerOrNull() {
            byte[] bytes = value.asByteStringOrNull();
            return bytes == null ? null : Whole.ofTag(tag.longValue(), bytes);
        }

        @Override
        @Nullable
        Value valueOrNull() {
            return null;
        }

        @Override
        @Nullable
        Object plain() {
            BigInteger number = bigIntegerOrNull();
            return number == null ? value.plain() : number;
        }
    }

    /** An ordered list of values. */
    public static final class Array extends DittoCborSerializable implements Iterable<DittoCborSerializable> {
        private final Value.@Nullable Array content;
        private final List<DittoCborSerializable> elements;

        /** One of them: the engine's value, or the elements of an array that the engine cannot hold. */
        private Array(Value.@Nullable Array content, @Nullable List<DittoCborSerializable> elements) {
            this.content = content;
            this.elements = elements == null ? List.of() : elements;
        }

        static Array holding(List<DittoCborSerializable> elements) {
            List<Value> values = new ArrayList<>(elements.size());
            for (DittoCborSerializable element : elements) {
                Value value = element.valueOrNull();
                if (value == null) {
                    return new Array(null, List.copyOf(elements));
                }
                values.add(value);
            }
            return new Array(new Value.Array(values), null);
        }

        @Override
        @Nullable
        Value valueOrNull() {
            return content;
        }

        @Override
        @Nullable
        Object plain() {
            return content == null
                    ? Collections.unmodifiableList(
                            elements.stream().map(DittoCborSerializable::plain).collect(Collectors.toList()))
                    : PlainValues.of(content);
        }

        public int size() {
            return content == null ? elements.size() : content.elements().size();
        }

        public DittoCborSerializable get(int index) {
            return content == null
                    ? elements.get(index)
                    : wrap(content.elements().get(index));
        }

        @Override
        public Iterator<DittoCborSerializable> iterator() {
            return content == null
                    ? elements.iterator()
                    : content.elements().stream()
                            .map(DittoCborSerializable::wrap)
                            .iterator();
        }

        /** Collects elements; not thread-safe. */
        public static final class Builder extends ElementsBuilder {
            Builder() {}

            @Override
            Builder self() {
                return this;
            }

            public Array build() {
                return Array.holding(elements);
            }
        }
    }

    /**
     * Values by name: a document, a nested object or the arguments of a statement. {@link #get(String)} gives values of this class;
     * as a {@link Map} it is unmodifiable and gives plain objects.
     */
    public static final class Dictionary extends DictionaryMap {
        private final Value.@Nullable Struct content;
        private final SortedMap<String, DittoCborSerializable> fields;

        /** One of them: the engine's value, or the fields of a dictionary that the engine cannot hold. */
        private Dictionary(Value.@Nullable Struct content, @Nullable SortedMap<String, DittoCborSerializable> fields) {
            this.content = content;
            this.fields = fields == null ? Collections.emptySortedMap() : fields;
        }

        static Dictionary holding(SortedMap<String, DittoCborSerializable> fields) {
            Value.Struct.Builder struct = Value.Struct.builder(fields.size());
            for (Map.Entry<String, DittoCborSerializable> field : fields.entrySet()) {
                Value value = field.getValue().valueOrNull();
                if (value == null) {
                    return new Dictionary(null, fields);
                }
                struct.put(field.getKey(), value);
            }
            return new Dictionary(struct.build(), null);
        }

        @Override
        Value.@Nullable Struct struct() {
            return content;
        }

        @Override
        SortedMap<String, DittoCborSerializable> fields() {
            return fields;
        }

        /** The value, or a {@link NullValue} when there is none; {@link #containsKey} tells the difference. */
        public DittoCborSerializable get(String key) {
            return content == null ? fields.getOrDefault(key, NullValue.INSTANCE) : wrap(content.get(key));
        }

        /** Collects fields, of one name the last; not thread-safe. */
        public static final class Builder extends FieldsBuilder {
            Builder() {}

            @Override
            Builder self() {
                return this;
            }

            public Dictionary build() {
                return Dictionary.holding(new TreeMap<>(fields));
            }
        }
    }
}
