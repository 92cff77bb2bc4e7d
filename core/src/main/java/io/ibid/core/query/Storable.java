package io.ibid.core.query;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Nesting;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Makes computed values fit to be stored: NaN and the infinities become null, and too deep a nesting is refused. */
final class Storable {

    private Storable() {}

    /** The value as a document may hold it at that depth; the value itself when nothing has to change. */
    static Value of(Value value, int depth) {
        return switch (value) {
            case Value.Float number -> Double.isFinite(number.value()) ? number : Value.NULL;
            case Value.Array array -> array(array, enter(depth));
            case Value.Struct struct -> struct(struct, enter(depth));
            default -> value;
        };
    }

    private static int enter(int depth) {
        if (depth >= Nesting.MAX) {
            throw new IbidException(
                    ErrorCode.QUERY_INVALID, "a document cannot be nested deeper than " + Nesting.MAX + " levels");
        }
        return depth + 1;
    }

    private static Value array(Value.Array array, int depth) {
        List<Value> elements = array.elements();
        List<Value> changed = null;
        for (int i = 0; i < elements.size(); i++) {
            Value before = elements.get(i);
            Value after = of(before, depth);
            if (changed == null && after != before) {
                changed = new ArrayList<>(elements.subList(0, i));
            }
            if (changed != null) {
                changed.add(after);
            }
        }
        return changed == null ? array : new Value.Array(changed);
    }

    private static Value struct(Value.Struct struct, int depth) {
        Value.Struct.Builder changed = null;
        for (int i = 0; i < struct.size(); i++) {
            Value before = struct.value(i);
            Value after = of(before, depth);
            if (changed == null && after != before) {
                changed = Value.Struct.builder();
                for (int j = 0; j < i; j++) {
                    changed.put(struct.name(j), struct.value(j));
                }
            }
            if (changed != null) {
                changed.put(struct.name(i), after);
            }
        }
        return changed == null ? struct : changed.build();
    }
}
