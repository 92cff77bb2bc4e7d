package io.ibid.serialization;

import io.ibid.DittoULong;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Nesting;
import io.ibid.core.value.ValueOrder;
import io.ibid.peer.sdk.PlainValues;
import io.ibid.peer.sdk.UserObjects;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes values of the objects that an application has. */
final class ObjectReader {

    private ObjectReader() {}

    static DittoCborSerializable read(@Nullable Object object) {
        return read(object, 0);
    }

    private static DittoCborSerializable read(@Nullable Object object, int depth) {
        if (depth > Nesting.MAX) {
            throw new IbidException(
                    ErrorCode.QUERY_ARGUMENTS_INVALID,
                    "Invalid arguments: the nesting is deeper than " + Nesting.MAX + " levels");
        }
        return switch (object) {
            case null -> DittoCborSerializable.nullValue();
            case DittoCborSerializable value -> value;
            case BigInteger number -> DittoCborSerializable.of(number);
            case DittoULong number -> DittoCborSerializable.of(number);
            case Float number -> DittoCborSerializable.of(number.floatValue());
            case Map<?, ?> map -> dictionary(map, depth);
            case Iterable<?> elements -> array(elements, depth);
            default -> {
                if (PlainValues.isScalar(object)) {
                    yield DittoCborSerializable.wrap(PlainValues.valueOf(object));
                }
                if (object.getClass().isArray()) {
                    yield array(elements(object), depth);
                }
                yield read(UserObjects.plain(object), depth + 1);
            }
        };
    }

    private static List<@Nullable Object> elements(Object array) {
        int length = Array.getLength(array);
        List<@Nullable Object> elements = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }

    private static DittoCborSerializable array(Iterable<?> elements, int depth) {
        List<DittoCborSerializable> values = new ArrayList<>();
        for (Object element : elements) {
            values.add(read(element, depth + 1));
        }
        return DittoCborSerializable.Array.holding(values);
    }

    private static DittoCborSerializable dictionary(Map<?, ?> map, int depth) {
        SortedMap<String, DittoCborSerializable> fields = new TreeMap<>(ValueOrder.KEYS);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw new IbidException(
                        ErrorCode.QUERY_ARGUMENTS_INVALID,
                        "Invalid arguments: a map needs text keys, not " + entry.getKey());
            }
            fields.put(name, read(entry.getValue(), depth + 1));
        }
        return DittoCborSerializable.Dictionary.holding(fields);
    }
}
