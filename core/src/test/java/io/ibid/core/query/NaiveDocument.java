package io.ibid.core.query;

import static io.ibid.core.query.NaiveOperators.arithmetic;

import io.ibid.core.query.syntax.Command.FieldDefinition;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A document of one writer as the reference tells of it: under each name a value of each type, each with the time of its last write. */
final class NaiveDocument {
    private static final long NEVER = -1;
    /** Which is shown when two were written at one time. */
    private static final List<FieldType> FIRST_SHOWN =
            List.of(FieldType.MAP, FieldType.COUNTER, FieldType.PN_COUNTER, FieldType.ATTACHMENT, FieldType.REGISTER);

    /** What is known under one name; the fields of a MAP are its children. */
    static final class Field {
        private final Map<FieldType, Value> values = new LinkedHashMap<>();
        private final Map<FieldType, Long> times = new LinkedHashMap<>();
        private final TreeMap<String, Field> children = new TreeMap<>();
        private long marker = NEVER;

        private long time(FieldType type) {
            return type != FieldType.MAP
                    ? times.getOrDefault(type, NEVER)
                    : children.values().stream().mapToLong(Field::latest).reduce(marker, Math::max);
        }

        private long latest() {
            return FIRST_SHOWN.stream().mapToLong(this::time).max().orElse(NEVER);
        }

        /** The type that a statement sees, null when it sees none. */
        @Nullable
        FieldType shownType(@Nullable FieldDefinition definition, boolean strict) {
            if (definition != null || strict) {
                FieldType type = definition == null ? FieldType.REGISTER : definition.type();
                return time(type) == NEVER ? null : type;
            }
            long latest = latest();
            return FIRST_SHOWN.stream()
                    .filter(it -> latest != NEVER && time(it) == latest)
                    .findFirst()
                    .orElse(null);
        }

        Value shown(@Nullable FieldDefinition definition, boolean strict) {
            FieldType type = shownType(definition, strict);
            if (type == null) {
                return Value.MISSING;
            }
            return type == FieldType.MAP
                    ? visible(definition == null ? List.of() : definition.children(), strict)
                    : values.get(type);
        }

        Value.Struct visible(List<FieldDefinition> definitions, boolean strict) {
            Map<String, Value> visible = new LinkedHashMap<>();
            children.forEach((name, field) -> visible.put(name, field.shown(definition(definitions, name), strict)));
            visible.values().removeIf(Value.MISSING::equals);
            return Value.Struct.of(visible);
        }

        @Nullable
        Field child(String name) {
            return children.get(name);
        }

        private Field copy() {
            Field copy = new Field();
            copy.values.putAll(values);
            copy.times.putAll(times);
            copy.marker = marker;
            children.forEach((name, child) -> copy.children.put(name, child.copy()));
            return copy;
        }
    }

    static @Nullable FieldDefinition definition(List<FieldDefinition> definitions, String name) {
        return definitions.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private final Value id;
    private final Field root;

    NaiveDocument(Value id) {
        this(id, new Field());
    }

    private NaiveDocument(Value id, Field root) {
        this.id = id;
        this.root = root;
    }

    NaiveDocument copy() {
        return new NaiveDocument(id, root.copy());
    }

    Field root() {
        return root;
    }

    Value.Struct visible(List<FieldDefinition> definitions, boolean strict) {
        Map<String, Value> visible = new LinkedHashMap<>();
        visible.put("_id", id);
        Value.Struct fields = root.visible(definitions, strict);
        for (int i = 0; i < fields.size(); i++) {
            visible.put(fields.name(i), fields.value(i));
        }
        return Value.Struct.of(visible);
    }

    private Field at(List<String> path) {
        Field field = root;
        for (String name : path) {
            field = field.children.computeIfAbsent(name, unused -> new Field());
        }
        return field;
    }

    void set(List<String> path, FieldType type, Value value, long time) {
        Field field = at(path);
        field.values.put(type, value);
        field.times.put(type, time);
    }

    void mark(List<String> path, long time) {
        at(path).marker = time;
    }

    void add(List<String> path, FieldType type, Value amount, long time) {
        Value before = at(path).values.getOrDefault(type, Value.of(0));
        set(path, type, arithmetic("+", before, amount, false), time);
    }

    /** The difference to what is there is added, so that a float makes a float. */
    void become(List<String> path, Value number, long time) {
        Value before = at(path).values.getOrDefault(FieldType.PN_COUNTER, Value.of(0));
        add(path, FieldType.PN_COUNTER, arithmetic("-", number, before, false), time);
    }

    /** Removes one type, or all of them for null. */
    void unset(List<String> path, @Nullable FieldType type) {
        Field field = at(path);
        if (type == null || type == FieldType.MAP) {
            field.children.clear();
            field.marker = NEVER;
        }
        if (type == null) {
            field.values.clear();
            field.times.clear();
        } else {
            field.values.remove(type);
            field.times.remove(type);
        }
    }
}
