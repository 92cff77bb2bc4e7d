package io.ibid.peer.runtime;

import io.ibid.core.store.SystemCollection;
import io.ibid.core.value.Value;
import java.util.List;
import java.util.function.Supplier;

/** A system collection whose rows are made when it is read. */
record ComputedCollection(String name, Supplier<List<Value.Struct>> source) implements SystemCollection {
    @Override
    public List<Value.Struct> rows() {
        return source.get();
    }

    /** A row with a name and one value. */
    static Value.Struct row(String id, Value value) {
        return Value.Struct.builder()
                .put("_id", Value.of(id))
                .put("value", value)
                .build();
    }
}
