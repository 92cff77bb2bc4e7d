package io.ibid.serialization;

import io.ibid.core.value.Value;
import io.ibid.peer.sdk.PlainValues;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The side of a dictionary that is an unmodifiable {@link Map} of plain objects, made when it is first looked at. */
abstract sealed class DictionaryMap extends DittoCborSerializable implements Map<String, @Nullable Object>
        permits DittoCborSerializable.Dictionary {
    private @Nullable Map<String, @Nullable Object> plain;

    abstract Value.Struct struct();

    @Override
    Value content() {
        return struct();
    }

    private Map<String, @Nullable Object> plain() {
        Map<String, @Nullable Object> made = plain;
        if (made == null) { // two threads may both make it; they make the same
            plain = made = PlainValues.map(struct());
        }
        return made;
    }

    @Override
    public int size() {
        return struct().size();
    }

    @Override
    public boolean isEmpty() {
        return struct().isEmpty();
    }

    @Override
    public boolean containsKey(Object key) {
        return key instanceof String name && struct().indexOf(name) >= 0;
    }

    @Override
    public boolean containsValue(@Nullable Object value) {
        return plain().containsValue(value);
    }

    @Override
    public @Nullable Object get(Object key) {
        return key instanceof String name ? PlainValues.of(struct().get(name)) : null;
    }

    @Override
    public Set<String> keySet() {
        return plain().keySet();
    }

    @Override
    public Collection<@Nullable Object> values() {
        return plain().values();
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return plain().entrySet();
    }

    @Override
    public @Nullable Object put(String key, @Nullable Object value) {
        throw unmodifiable();
    }

    @Override
    public @Nullable Object remove(Object key) {
        throw unmodifiable();
    }

    @Override
    public void putAll(Map<? extends String, ?> fields) {
        throw unmodifiable();
    }

    @Override
    public void clear() {
        throw unmodifiable();
    }

    private static UnsupportedOperationException unmodifiable() {
        return new UnsupportedOperationException("a Dictionary cannot be changed; build another one");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DictionaryMap that ? struct().equals(that.struct()) : plain().equals(other);
    }

    /** That of {@link java.util.AbstractMap}, except that byte strings count by their content. */
    @Override
    public int hashCode() {
        int hash = 0;
        for (Entry<String, @Nullable Object> field : plain().entrySet()) {
            Object value = field.getValue();
            int valueHash =
                    value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value == null ? 0 : value.hashCode();
            hash += field.getKey().hashCode() ^ valueHash;
        }
        return hash;
    }
}
