package io.ibid.core.query;

import io.ibid.core.query.syntax.Command.FieldDefinition;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** As which types a statement writes plain values into a {@link NaiveDocument}, and what it refuses. */
record NaiveFields(List<FieldDefinition> definitions, boolean strict, long time) {

    @Nullable
    FieldDefinition definition(List<String> path) {
        List<FieldDefinition> level = definitions;
        FieldDefinition found = null;
        for (String name : path) {
            found = NaiveDocument.definition(level, name);
            level = found == null ? List.of() : found.children();
        }
        return found;
    }

    private FieldType type(List<String> path, Value value) {
        FieldDefinition definition = definition(path);
        if (definition != null) {
            return definition.type();
        }
        return !(value instanceof Value.Struct)
                ? FieldType.REGISTER
                : strict ? FieldType.REGISTER : isToken(value) ? FieldType.ATTACHMENT : FieldType.MAP;
    }

    static boolean isToken(Value value) {
        return value instanceof Value.Struct token
                && token.size() == 3
                && token.get("id") instanceof Value.Text(String id)
                && id.matches("[A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{46}")
                && token.get("len") instanceof Value.Int
                && token.get("metadata") instanceof Value.Struct;
    }

    static List<String> child(List<String> path, String name) {
        List<String> child = new ArrayList<>(path);
        child.add(name);
        return child;
    }

    /** Not-a-number and the infinities are stored as null. */
    static Value storable(Value value) {
        return switch (value) {
            case Value.Float(double number) -> Double.isFinite(number) ? value : Value.NULL;
            case Value.Array(List<Value> elements) ->
                new Value.Array(elements.stream().map(NaiveFields::storable).toList());
            case Value.Struct struct -> {
                Value.Struct.Builder fields = Value.Struct.builder();
                for (int i = 0; i < struct.size(); i++) {
                    fields.put(struct.name(i), storable(struct.value(i)));
                }
                yield fields.build();
            }
            default -> value;
        };
    }

    void assign(NaiveDocument document, List<String> path, Value value) {
        switch (type(path, value)) {
            case REGISTER -> document.set(path, FieldType.REGISTER, value, time);
            case ATTACHMENT -> {
                require(isToken(value), "a token");
                document.set(path, FieldType.ATTACHMENT, value, time);
            }
            case COUNTER -> document.set(path, FieldType.COUNTER, integer(value), time);
            case PN_COUNTER -> {
                require(NaiveOperators.kind(value).equals("number"), "a number");
                document.become(path, value, time);
            }
            case MAP -> {
                require(value instanceof Value.Struct, "an object");
                Value.Struct fields = (Value.Struct) value;
                if (fields.isEmpty()) {
                    document.mark(path, time);
                }
                for (int i = 0; i < fields.size(); i++) {
                    assign(document, child(path, fields.name(i)), fields.value(i));
                }
            }
        }
    }

    static Value integer(Value value) {
        Value whole = NaiveFunctions.whole(value);
        require(whole instanceof Value.Int, "an integer");
        return whole;
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new NaiveFunctions.Refusal("not " + what);
        }
    }

    /** Writes what differs from what is seen; false when nothing does. */
    boolean assignDifferences(
            NaiveDocument document, List<String> path, Value value, NaiveDocument.@Nullable Field seen) {
        FieldDefinition definition = definition(path);
        FieldType type = type(path, value);
        FieldType shown = seen == null ? null : seen.shownType(definition, strict);
        if (type == FieldType.MAP && value instanceof Value.Struct fields && !fields.isEmpty()) {
            boolean any = false;
            for (int i = 0; i < fields.size(); i++) {
                NaiveDocument.Field inner = shown == FieldType.MAP ? seen.child(fields.name(i)) : null;
                any |= assignDifferences(document, child(path, fields.name(i)), fields.value(i), inner);
            }
            return any;
        }
        boolean same = shown == type
                && (type == FieldType.MAP || ValueOrder.canonicallyEqual(seen.shown(definition, strict), value));
        if (!same) {
            assign(document, path, value);
        }
        return !same;
    }

    /** Every object on the way to a field has to be a MAP for this statement. */
    void requireMaps(List<String> path) {
        for (int depth = 1; depth < path.size(); depth++) {
            FieldDefinition definition = definition(path.subList(0, depth));
            require(definition == null ? !strict : definition.type() == FieldType.MAP, "a MAP");
        }
    }

    void requireApplicable(List<String> path, FieldType type) {
        FieldDefinition definition = definition(path);
        require(definition == null ? !strict : definition.type() == type, "a counter");
    }
}
