package io.ibid.core.query.function;

import io.ibid.core.value.Json;
import io.ibid.core.value.MalformedException;
import io.ibid.core.value.Value;
import java.util.List;

/** The functions that ask for types and convert between values and their text. */
final class TypeFunctions {

    private TypeFunctions() {}

    static List<Function> all() {
        return List.of(
                Function.strict("is_boolean", 1, 1, (a, in) -> Value.of(a[0] instanceof Value.Bool)),
                Function.strict("is_number", 1, 1, (a, in) -> Value.of(Arithmetic.isNumber(a[0]))),
                Function.strict("is_string", 1, 1, (a, in) -> Value.of(a[0] instanceof Value.Text)),
                Function.lenient("type", 1, 1, (a, in) -> Value.of(typeName(a[0]))),
                Function.lenient("json_type", 1, 1, (a, in) -> Value.of(jsonTypeName(a[0]))),
                Function.strict("serialize_json", 1, 1, (a, in) -> Value.of(Json.write(a[0]))),
                Function.strict("deserialize_json", 1, 1, TypeFunctions::deserialized));
    }

    static String typeName(Value value) {
        return switch (value) {
            case Value.Missing missing -> "missing";
            case Value.Null none -> "null";
            case Value.Bool bool -> "boolean";
            case Value.Int number -> "integer";
            case Value.Float number -> "float";
            case Value.Text text -> "string";
            case Value.Binary binary -> "binary";
            case Value.Array array -> "array";
            case Value.Struct struct -> "object";
        };
    }

    private static String jsonTypeName(Value value) {
        if (Arithmetic.isNumber(value)) {
            return "number";
        }
        return Truth.isMissing(value) ? "null" : typeName(value);
    }

    private static Value deserialized(Value[] arguments, Invocation in) {
        if (!(arguments[0] instanceof Value.Text(String json))) {
            return in.wrongType("deserialize_json");
        }
        try {
            return Json.parse(json);
        } catch (MalformedException invalid) {
            return in.wrongType("deserialize_json");
        }
    }
}
