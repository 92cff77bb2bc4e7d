package io.ibid.serialization;

import io.ibid.core.value.Value;
import io.ibid.peer.sdk.PlainValues;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The side of a dictionary that is an unmodifiable {@link Map} of plain objects, made when it is first looked at. */
abstract sealed class DictionaryMap extends DittoCborSerializable implements Map<String, @Nullable Object>
        permits DittoCborSerializable.Dictionary {
    private @Nullable Map<String, @Nullable Object> plain;

    /** The engine's value; null when it has none for this, and then {@link #fields} has everything. */
    abstract Value.@Nullable Struct struct();

    abstract SortedMap<String, DittoCborSerializable> fields();

    @Override
    @Nullable
    Value valueOrNull() {
        return struct();
    }

    @Override
    Map<String, @Nullable Object> plain() {
        Map<String, @Nullable Object> made = plain;
        if (made == null) { // two threads may both make it; they make the same
            Value.Struct struct = struct();
            plain = made = struct == null ? plain(fields()) : PlainValues.map(struct);
        }
        return made;
    }

    private static Map<String, @Nullable Object> plain(SortedMap<String, DittoCborSerializable> fields) {
        Map<String, @Nullable Object> plain = LinkedHashMap.newLinkedHashMap(fields.size());
        fields.forEach((name, value) -> plain.put(name, value.plain()));
        return Collections.unmodifiableMap(plain);
    }

    @Override
    public int size() {
        Value.Struct struct = struct();
        return struct == null ? fields().size() : struct.size();
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public boolean containsKey(Object key) {
        Value.Struct struct = struct();
        return key instanceof String name && (struct == null ? fields().containsKey(name) : struct.indexOf(name) >= 0);
    }

    @Override
    public boolean containsValue(@Nullable Object value) {
        return plain().containsValue(value);
    }

    @Override
    public @Nullable Object get(Object key) {
        Value.Struct struct = struct();
        return key instanceof String name && struct != null ? PlainValues.of(struct.get(name)) : plain().get(key);
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
        return other instanceof DictionaryMap ? super.equals(other) : plain().equals(other);
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
