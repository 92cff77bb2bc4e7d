package io.ibid.core.query;

import io.ibid.core.query.syntax.Command.FieldDefinition;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a statement sees of a document whose objects are MAPs and whose other values are REGISTERs. */
final class NaiveTyping {

    private NaiveTyping() {}

    static Value.Struct visible(Value.Struct document, List<FieldDefinition> definitions, boolean strict) {
        Map<String, Value> visible = new LinkedHashMap<>();
        fields(document, definitions, strict).forEach(visible::put);
        visible.put("_id", document.get("_id"));
        return Value.Struct.of(visible);
    }

    private static Map<String, Value> fields(Value.Struct struct, List<FieldDefinition> definitions, boolean strict) {
        Map<String, Value> visible = new LinkedHashMap<>();
        for (int i = 0; i < struct.size(); i++) {
            FieldDefinition definition = definition(definitions, struct.name(i));
            boolean isMap = struct.value(i) instanceof Value.Struct;
            boolean shown = definition == null
                    ? !(isMap && strict)
                    : definition.type() == (isMap ? FieldType.MAP : FieldType.REGISTER);
            if (shown) {
                List<FieldDefinition> children = definition == null ? List.of() : definition.children();
                visible.put(
                        struct.name(i),
                        struct.value(i) instanceof Value.Struct child
                                ? Value.Struct.of(fields(child, children, strict))
                                : struct.value(i));
            }
        }
        return visible;
    }

    private static @Nullable FieldDefinition definition(List<FieldDefinition> definitions, String name) {
        return definitions.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
