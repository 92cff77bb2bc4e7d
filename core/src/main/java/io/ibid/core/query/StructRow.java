package io.ibid.core.query;

import io.ibid.core.value.FieldType;
import io.ibid.core.value.Json;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.List;

/**
 * A row of a system collection. It has no CRDT types, so it is given some: objects are MAPs and everything else is a REGISTER, which is
 * what strict mode and type definitions then see.
 */
final class StructRow implements Row {
    private final Value.Struct document;

    private StructRow(Value.Struct document) {
        this.document = document;
    }

    static StructRow of(Value.Struct stored, Typing typing) {
        boolean plain = !typing.strict() && typing.declared().isEmpty();
        return new StructRow(plain ? stored : visible(stored, Path.ROOT, typing));
    }

    private static Value.Struct visible(Value.Struct struct, Path parent, Typing typing) {
        Value.Struct.Builder visible = Value.Struct.builder();
        for (int i = 0; i < struct.size(); i++) {
            Path path = parent.child(struct.name(i));
            Value value = struct.value(i);
            FieldType type = value instanceof Value.Struct ? FieldType.MAP : FieldType.REGISTER;
            FieldType declared = typing.declared().get(path);
            boolean isId = parent.depth() == 0 && struct.name(i).equals("_id");
            if (isId || (declared == null ? !typing.strict() || type == FieldType.REGISTER : declared == type)) {
                visible.put(
                        struct.name(i),
                        value instanceof Value.Struct child && !isId ? visible(child, path, typing) : value);
            }
        }
        return visible.build();
    }

    @Override
    public Value id() {
        return document.get("_id");
    }

    @Override
    public Value field(Path path) {
        return Navigation.follow(document, path, 0);
    }

    @Override
    public Value.Struct document() {
        return document;
    }

    @Override
    public void appendJson(StringBuilder out) {
        Json.append(out, document);
    }

    /** Nothing here is ever in conflict. */
    @Override
    public Value siblings(Path path) {
        Value value = field(path);
        return value instanceof Value.Missing
                ? value
                : new Value.Array(
                        List.of(Value.Struct.builder().put("value", value).build()));
    }

    @Override
    public int memoryBytes() {
        return (int) Math.min(Sizes.of(document), Integer.MAX_VALUE);
    }
}
