package io.ibid.core.store;

import io.ibid.core.query.Typing;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import io.ibid.core.value.View;

/**
 * A document as a statement sees it that declares fields or reads in strict mode: a declared field shows the declared variant and no
 * other, an undeclared one in strict mode only a register. For records whose hidden variants do not matter. Immutable.
 */
final class TypedRow extends DocumentRow {

    private final Typing typing;

    TypedRow(Record record, View view, Typing typing) {
        super(record, view);
        this.typing = typing;
    }

    @Override
    public Value field(Path path) {
        return record.guarded(() -> {
            View at = view;
            for (int depth = 1; depth <= path.depth(); depth++) {
                boolean typed = at.fieldType() == FieldType.MAP;
                at = at.field(path.key(depth - 1));
                if (at == null || (typed && !isShown(new Path(path.keys().subList(0, depth)), at))) {
                    return Value.MISSING;
                }
            }
            return at.fieldType() == FieldType.MAP ? map(at, path) : at.toValue();
        });
    }

    private Value map(View map, Path path) {
        Value.Struct.Builder fields = Value.Struct.builder(map.size());
        for (int i = 0; i < map.size(); i++) {
            Path at = path.child(map.name(i));
            View child = map.child(i);
            if (isShown(at, child)) {
                fields.put(map.name(i), child.fieldType() == FieldType.MAP ? map(child, at) : child.toValue());
            }
        }
        return fields.build();
    }

    @Override
    boolean filters() {
        return true;
    }

    @Override
    boolean isShown(Path path, View variant) {
        FieldType type = variant.fieldType();
        if (typing.declared().isEmpty()) {
            return type == FieldType.REGISTER;
        }
        FieldType declared = typing.declared().get(path);
        return declared == null ? !typing.strict() || type == FieldType.REGISTER : type == declared;
    }
}
