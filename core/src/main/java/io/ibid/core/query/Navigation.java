package io.ibid.core.query;

import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.List;

/** Steps into values. A step that does not exist leads to MISSING; so does every step from there. */
final class Navigation {

    private Navigation() {}

    static Value member(Value base, String name) {
        return base instanceof Value.Struct struct ? struct.get(name) : Value.MISSING;
    }

    /** Follows the keys of the path from that index on. */
    static Value follow(Value base, Path path, int from) {
        List<String> keys = path.keys();
        Value value = base;
        for (int i = from; i < keys.size(); i++) {
            value = member(value, keys.get(i));
        }
        return value;
    }

    /** A negative index counts from the end. */
    static Value element(Value base, long index) {
        if (!(base instanceof Value.Array(List<Value> elements))) {
            return Value.MISSING;
        }
        long position = index < 0 ? elements.size() + index : index;
        return position >= 0 && position < elements.size() ? elements.get((int) position) : Value.MISSING;
    }
}
