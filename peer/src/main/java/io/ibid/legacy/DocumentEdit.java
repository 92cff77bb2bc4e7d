package io.ibid.legacy;

import io.ibid.core.value.Value;
import io.ibid.peer.sdk.PlainValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an update does to one document: the content as it becomes, and the changes in their order. A path is a list of field names and of
 * places in lists; DQL cannot name an element of a list, so a change behind a place writes the whole list.
 */
final class DocumentEdit {
    private final DittoDocumentId id;
    private final Map<String, @Nullable Object> content;
    private final List<Change> changes = new ArrayList<>();
    private final List<DittoUpdateResult> results = new ArrayList<>();

    DocumentEdit(DittoDocument document) {
        this.id = document.getId();
        this.content = PlainContent.changeableMap(document.getValue());
    }

    /** One change of a field, by the names of its path. */
    sealed interface Change {
        List<String> path();

        record Assignment(List<String> path, Value value) implements Change {}

        record Removal(List<String> path) implements Change {}

        record Addition(List<String> path, double amount) implements Change {}
    }

    DittoDocumentId id() {
        return id;
    }

    /** The content so far; changes with this. */
    Map<String, @Nullable Object> content() {
        return content;
    }

    List<Change> changes() {
        return changes;
    }

    List<DittoUpdateResult> results() {
        return List.copyOf(results);
    }

    @Nullable
    Object value(List<Object> path) {
        Object value = content;
        for (Object step : path) {
            value = step instanceof String key
                    ? DittoPathValue.step(value, key)
                    : DittoPathValue.step(value, (Integer) step);
        }
        return value;
    }

    /** Replaces what stands there; a map does not keep fields that it had before. */
    void set(List<Object> path, @Nullable Object given) {
        if (given instanceof DittoCounter) {
            begin(path);
            return;
        }
        Value value = PlainContent.value(given);
        Object before = value(path);
        put(path, PlainContent.changeable(PlainValues.of(value)));
        results.add(new DittoUpdateResult.Set(id, text(path), PlainValues.of(value)));
        List<String> names = names(path);
        if (names.size() == path.size()) {
            if (before instanceof Map && value instanceof Value.Struct) {
                changes.add(new Change.Removal(names)); // an assignment alone merges maps
            }
            changes.add(new Change.Assignment(names, value));
        } else {
            writeList(names);
        }
    }

    void remove(List<Object> path) {
        results.add(new DittoUpdateResult.Removed(id, text(path)));
        Object last = path.getLast();
        Object holder = value(path.subList(0, path.size() - 1));
        List<String> names = names(path);
        if (last instanceof String key && holder instanceof Map<?, ?> map) {
            map.remove(key);
        } else if (last instanceof Integer place && holder instanceof List<?> list && place < list.size()) {
            list.remove((int) place);
        } else {
            return;
        }
        if (names.size() == path.size()) {
            changes.add(new Change.Removal(names));
        } else {
            writeList(names);
        }
    }

    /** Makes it a counter that has counted nothing. */
    private void begin(List<Object> path) {
        if (value(path) != null) {
            changes.add(new Change.Removal(counterPath(path)));
        }
        changes.add(new Change.Addition(counterPath(path), 0));
        put(path, 0.0);
        results.add(new DittoUpdateResult.Set(id, text(path), 0.0));
    }

    void increment(List<Object> path, double amount) {
        changes.add(new Change.Addition(counterPath(path), amount));
        put(path, (value(path) instanceof Number number ? number.doubleValue() : 0) + amount);
        results.add(new DittoUpdateResult.Incremented(id, text(path), amount));
    }

    private static List<String> counterPath(List<Object> path) {
        List<String> names = names(path);
        if (names.size() < path.size()) {
            throw new IllegalArgumentException("An element of a list is no counter: " + text(path));
        }
        return names;
    }

    private void writeList(List<String> names) {
        changes.add(new Change.Assignment(names, PlainContent.value(value(List.copyOf(names)))));
    }

    /** The field names before the first place in a list. */
    private static List<String> names(List<Object> path) {
        List<String> names = new ArrayList<>(path.size());
        for (Object step : path) {
            if (!(step instanceof String name)) {
                break;
            }
            names.add(name);
        }
        return names;
    }

    @SuppressWarnings("unchecked") // the copy consists of maps and lists that can be changed
    private void put(List<Object> path, @Nullable Object value) {
        Object holder = content;
        for (int i = 0; i < path.size() - 1; i++) {
            holder = path.get(i) instanceof String key
                    ? inner((Map<String, @Nullable Object>) holder, key, path.get(i + 1))
                    : element((List<@Nullable Object>) holder, path, i);
        }
        if (path.getLast() instanceof String key) {
            ((Map<String, @Nullable Object>) holder).put(key, value);
        } else {
            List<@Nullable Object> list = (List<@Nullable Object>) holder;
            int place = (Integer) path.getLast();
            if (place == list.size()) {
                list.add(value);
            } else {
                list.set(checked(list, path, place), value);
            }
        }
    }

    /** What stands at the field; a map where something else stood, if a field of it comes next. */
    private static Object inner(Map<String, @Nullable Object> map, String key, Object next) {
        Object inner = map.get(key);
        if (next instanceof Integer) {
            if (inner instanceof List) {
                return inner;
            }
            throw new IllegalArgumentException("`" + key + "` is no list");
        }
        if (inner instanceof Map) {
            return inner;
        }
        Map<String, @Nullable Object> made = new LinkedHashMap<>();
        map.put(key, made);
        return made;
    }

    private static Object element(List<@Nullable Object> list, List<Object> path, int step) {
        Object element = list.get(checked(list, path, (Integer) path.get(step)));
        boolean fits = path.get(step + 1) instanceof String ? element instanceof Map : element instanceof List;
        if (element == null || !fits) {
            throw new IllegalArgumentException("There is nothing to change at " + text(path));
        }
        return element;
    }

    private static int checked(List<?> list, List<Object> path, int place) {
        if (place < 0 || place >= list.size()) {
            throw new IllegalArgumentException("The list has " + list.size() + " elements: " + text(path));
        }
        return place;
    }

    private static String text(List<Object> path) {
        StringBuilder text = new StringBuilder();
        for (Object step : path) {
            if (step instanceof Integer place) {
                text.append('[').append(place).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return text.toString();
    }
}
