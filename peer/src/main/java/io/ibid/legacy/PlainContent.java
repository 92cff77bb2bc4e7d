package io.ibid.legacy;

import io.ibid.core.value.Value;
import io.ibid.peer.sdk.PlainValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain objects of an application as values, with ids of this API among them. */
final class PlainContent {

    private PlainContent() {}

    /** The value; throws {@code query/arguments-invalid} for what is none. */
    static Value value(@Nullable Object object) {
        return PlainValues.valueOf(unwrapped(object));
    }

    static Value.Struct arguments(@Nullable Map<String, ?> arguments) {
        return arguments == null ? Value.Struct.EMPTY : (Value.Struct) value(arguments);
    }

    private static @Nullable Object unwrapped(@Nullable Object object) {
        return switch (object) {
            case DittoDocumentId id -> id.getValue();
            case Map<?, ?> map -> {
                Map<@Nullable Object, @Nullable Object> plain = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((key, element) -> plain.put(key, unwrapped(element)));
                yield plain;
            }
            case List<?> list -> {
                List<@Nullable Object> plain = new ArrayList<>(list.size());
                list.forEach(element -> plain.add(unwrapped(element)));
                yield plain;
            }
            case null, default -> object;
        };
    }

    /** A copy that can be changed, down to the leaves. */
    static @Nullable Object changeable(@Nullable Object plain) {
        return switch (plain) {
            case Map<?, ?> map -> changeableMap(map);
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                list.forEach(element -> copy.add(changeable(element)));
                yield copy;
            }
            case null, default -> plain;
        };
    }

    static Map<String, @Nullable Object> changeableMap(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, element) -> copy.put((String) key, changeable(element)));
        return copy;
    }
}
