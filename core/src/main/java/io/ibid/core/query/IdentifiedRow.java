package io.ibid.core.query;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/** An answer of a join as observers get it: known by the ids of its documents, whatever of them it shows. */
record IdentifiedRow(ResultRow row, Value.Struct identity) implements ResultRow {

    /** What the row answers as {@code _id} itself stays. */
    @Override
    public Value.Struct value() {
        Value.Struct value = row.value();
        if (!(value.get("_id") instanceof Value.Missing)) {
            return value;
        }
        Value.Struct.Builder identified = Value.Struct.builder();
        identified.put("_id", identity);
        for (int i = 0; i < value.size(); i++) {
            identified.put(value.name(i), value.value(i));
        }
        return identified.build();
    }

    @Override
    public void appendJson(StringBuilder out) {
        Json.append(out, value());
    }

    @Override
    public @Nullable Row document() {
        return null;
    }
}
