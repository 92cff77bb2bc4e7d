package io.ibid.core.query.function;

import io.ibid.core.value.Cbor;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/** The functions over objects. They make new values; no document is changed by them. */
final class ObjectFunctions {

    private ObjectFunctions() {}

    static List<Function> all() {
        return List.of(
                Function.strict("object_length", 1, 1, ObjectFunctions::length),
                Function.strict("object_keys", 1, 1, ObjectFunctions::keys),
                Function.strict("object_values", 1, 1, ObjectFunctions::values),
                Function.strict("object_set", 3, 4, ObjectFunctions::set),
                Function.strict("object_unset", 2, 3, ObjectFunctions::unset),
                Function.strict("object_concat", 1, Function.ANY_NUMBER, ObjectFunctions::concat),
                Function.strict("object_rename", 3, 3, ObjectFunctions::rename),
                Function.strict("object_size", 1, 1, (a, in) -> Value.of(Cbor.encode(a[0]).length)));
    }

    private static Value length(Value[] arguments, Invocation in) {
        return arguments[0] instanceof Value.Struct object ? Value.of(object.size()) : in.wrongType("object_length");
    }

    private static Value keys(Value[] arguments, Invocation in) {
        if (!(arguments[0] instanceof Value.Struct object)) {
            return in.wrongType("object_keys");
        }
        List<Value> keys = new ArrayList<>(object.size());
        for (int i = 0; i < object.size(); i++) {
            keys.add(Value.of(object.name(i)));
        }
        return new Value.Array(keys);
    }

    private static Value values(Value[] arguments, Invocation in) {
        if (!(arguments[0] instanceof Value.Struct object)) {
            return in.wrongType("object_values");
        }
        List<Value> values = new ArrayList<>(object.size());
        for (int i = 0; i < object.size(); i++) {
            values.add(object.value(i));
        }
        return new Value.Array(values);
    }

    /** A key that exists is replaced only when the fourth argument is TRUE. */
    private static Value set(Value[] arguments, Invocation in) {
        if (!(arguments[0] instanceof Value.Struct object) || !(arguments[1] instanceof Value.Text(String key))) {
            return in.wrongType("object_set");
        }
        boolean replace = arguments.length == 4 && Truth.isTrue(arguments[3]);
        return object.indexOf(key) >= 0 && !replace
                ? Value.MISSING
                : copy(object).put(key, arguments[2]).build();
    }

    /** A key that does not exist is accepted only when the third argument is TRUE. */
    private static Value unset(Value[] arguments, Invocation in) {
        if (!(arguments[0] instanceof Value.Struct object) || !(arguments[1] instanceof Value.Text(String key))) {
            return in.wrongType("object_unset");
        }
        if (object.indexOf(key) < 0) {
            return arguments.length == 3 && Truth.isTrue(arguments[2]) ? object : Value.MISSING;
        }
        return copy(object).put(key, Value.MISSING).build();
    }

    private static Value concat(Value[] arguments, Invocation in) {
        Value.Struct.Builder result = Value.Struct.builder();
        for (Value argument : arguments) {
            if (!(argument instanceof Value.Struct object)) {
                return in.wrongType("object_concat");
            }
            copyInto(result, object);
        }
        return result.build();
    }

    /** A key that does not exist cannot be renamed: MISSING, as object_unset has it. */
    private static Value rename(Value[] arguments, Invocation in) {
        if (!(arguments[0] instanceof Value.Struct object)
                || !(arguments[1] instanceof Value.Text(String oldKey))
                || !(arguments[2] instanceof Value.Text(String newKey))) {
            return in.wrongType("object_rename");
        }
        Value value = object.get(oldKey);
        return Truth.isMissing(value)
                ? Value.MISSING
                : copy(object).put(oldKey, Value.MISSING).put(newKey, value).build();
    }

    private static Value.Struct.Builder copy(Value.Struct object) {
        Value.Struct.Builder copy = Value.Struct.builder();
        copyInto(copy, object);
        return copy;
    }

    private static void copyInto(Value.Struct.Builder builder, Value.Struct object) {
        for (int i = 0; i < object.size(); i++) {
            builder.put(object.name(i), object.value(i));
        }
    }
}
