package io.ibid.peer.sdk;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Nesting;
import io.ibid.core.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as the objects that a Java program has anyway: {@code null}, {@link Boolean}, {@link Long}, {@link Double}, {@link String},
 * {@code byte[]}, {@link List} and {@link Map}.
 */
public final class PlainValues {

    private PlainValues() {}

    /** The plain object of a value; lists and maps are unmodifiable, byte strings are copies. */
    public static @Nullable Object of(Value value) {
        return switch (value) {
            case Value.Missing missing -> null;
            case Value.Null none -> null;
            case Value.Bool(boolean flag) -> flag;
            case Value.Int(long number) -> number;
            case Value.Float(double number) -> number;
            case Value.Text(String text) -> text;
            case Value.Binary(byte[] bytes) -> bytes.clone();
            case Value.Array(List<Value> elements) -> list(elements);
            case Value.Struct struct -> map(struct);
        };
    }

    private static List<@Nullable Object> list(List<Value> elements) {
        List<@Nullable Object> plain = new ArrayList<>(elements.size());
        for (Value element : elements) {
            plain.add(of(element));
        }
        return Collections.unmodifiableList(plain);
    }

    /** The fields in the order of their names. */
    public static Map<String, @Nullable Object> map(Value.Struct struct) {
        Map<String, @Nullable Object> plain = LinkedHashMap.newLinkedHashMap(struct.size());
        for (int i = 0; i < struct.size(); i++) {
            plain.put(struct.name(i), of(struct.value(i)));
        }
        return Collections.unmodifiableMap(plain);
    }

    /** The arguments of a statement; null means none. */
    public static Value.Struct arguments(@Nullable Map<String, ?> arguments) {
        return arguments == null ? Value.Struct.EMPTY : (Value.Struct) valueOf(arguments);
    }

    /**
     * The value of a plain object: what {@link #of} gives, the other boxed numbers, any map with text keys, any iterable, arrays of
     * objects, characters and enums as text, and the value classes of the API.
     *
     * @throws IbidException {@code query/arguments-invalid} naming the class that is no value
     */
    public static Value valueOf(@Nullable Object object) {
        return valueOf(object, 0);
    }

    private static Value valueOf(@Nullable Object object, int depth) {
        if (depth > Nesting.MAX) {
            throw invalid("the nesting is deeper than " + Nesting.MAX + " levels");
        }
        Value content = ValueDoor.contentOf(object);
        if (content != null) {
            return content;
        }
        Value token = TokenDoor.tokenOf(object);
        if (token != null) {
            return token;
        }
        return switch (object) {
            case null -> Value.NULL;
            case Boolean flag -> Value.of(flag);
            case Long number -> Value.of(number);
            case Integer number -> Value.of(number.longValue());
            case Short number -> Value.of(number.longValue());
            case Byte number -> Value.of(number.longValue());
            case Double number -> real(number);
            case Float number -> real(number.doubleValue());
            case String text -> Value.of(text);
            case Character character -> Value.of(character.toString());
            case Enum<?> constant -> Value.of(constant.name());
            case byte[] bytes -> new Value.Binary(bytes.clone());
            case Map<?, ?> map -> struct(map, depth);
            case Iterable<?> elements -> array(elements, depth);
            case Object[] elements -> array(Arrays.asList(elements), depth);
            case BigInteger number when number.bitLength() < Long.SIZE -> Value.of(number.longValue());
            case BigInteger number -> throw invalid("integers beyond 64 bits are no values of documents");
            default -> valueOf(UserObjects.plain(object), depth + 1);
        };
    }

    private static Value real(double number) {
        return Double.isFinite(number) ? Value.of(number) : Value.NULL;
    }

    private static Value.Struct struct(Map<?, ?> map, int depth) {
        Value.Struct.Builder struct = Value.Struct.builder();
        map.forEach((key, element) -> {
            if (!(key instanceof String name)) {
                throw invalid("a map needs text keys, not " + key);
            }
            struct.put(name, valueOf(element, depth + 1));
        });
        return struct.build();
    }

    private static Value.Array array(Iterable<?> elements, int depth) {
        List<Value> values = new ArrayList<>();
        for (Object element : elements) {
            values.add(valueOf(element, depth + 1));
        }
        return new Value.Array(values);
    }

    /** Whether {@link #valueOf} takes the object and it holds no others. */
    public static boolean isScalar(Object object) {
        return object instanceof Number number && !isForeign(number)
                || object instanceof Boolean
                || object instanceof String
                || object instanceof Character
                || object instanceof Enum<?>
                || object instanceof byte[]
                || ValueDoor.contentOf(object) != null;
    }

    private static boolean isForeign(Number number) {
        return !(number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof Double
                || number instanceof Float);
    }

    private static IbidException invalid(String reason) {
        return new IbidException(ErrorCode.QUERY_ARGUMENTS_INVALID, "Invalid arguments: " + reason);
    }
}
