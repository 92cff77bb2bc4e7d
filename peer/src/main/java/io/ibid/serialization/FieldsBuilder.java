package io.ibid.serialization;

import io.ibid.core.value.ValueOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ways to put a field into a dictionary that is being built; of one name the last counts. */
abstract sealed class FieldsBuilder permits DittoCborSerializable.Dictionary.Builder {
    final SortedMap<String, DittoCborSerializable> fields = new TreeMap<>(ValueOrder.KEYS);

    abstract DittoCborSerializable.Dictionary.Builder self();

    private DittoCborSerializable.Dictionary.Builder putting(String key, DittoCborSerializable value) {
        fields.put(Objects.requireNonNull(key, "key"), value);
        return self();
    }

    public DittoCborSerializable.Dictionary.Builder put(String key, String text) {
        return putting(key, DittoCborSerializable.of(text));
    }

    public DittoCborSerializable.Dictionary.Builder put(String key, boolean flag) {
        return putting(key, DittoCborSerializable.of(flag));
    }

    public DittoCborSerializable.Dictionary.Builder put(String key, int number) {
        return putting(key, DittoCborSerializable.of(number));
    }

    public DittoCborSerializable.Dictionary.Builder put(String key, long number) {
        return putting(key, DittoCborSerializable.of(number));
    }

    public DittoCborSerializable.Dictionary.Builder put(String key, float number) {
        return putting(key, DittoCborSerializable.of(number));
    }

    /** NaN and the infinities become null. */
    public DittoCborSerializable.Dictionary.Builder put(String key, double number) {
        return putting(key, DittoCborSerializable.of(number));
    }

    /** A copy of the bytes. */
    public DittoCborSerializable.Dictionary.Builder put(String key, byte[] bytes) {
        return putting(key, DittoCborSerializable.of(bytes));
    }

    public DittoCborSerializable.Dictionary.Builder put(String key, List<?> elements) {
        return putting(key, DittoCborSerializable.of(elements));
    }

    public DittoCborSerializable.Dictionary.Builder put(String key, Map<String, ?> nested) {
        return putting(key, DittoCborSerializable.of(nested));
    }

    public DittoCborSerializable.Dictionary.Builder put(String key, DittoCborSerializable.Dictionary nested) {
        return putting(key, nested);
    }

    public DittoCborSerializable.Dictionary.Builder put(String key, DittoCborSerializable value) {
        return putting(key, value);
    }

    /** Anything that {@link DittoCborSerializable#from} takes. */
    public DittoCborSerializable.Dictionary.Builder put(String key, @Nullable Object value) {
        return putting(key, DittoCborSerializable.from(value));
    }
}
