package io.ibid.core.query;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/** An answer that was computed. */
record ComputedRow(Value.Struct value) implements ResultRow {

    @Override
    public void appendJson(StringBuilder out) {
        Json.append(out, value);
    }

    @Override
    public @Nullable Row document() {
        return null;
    }
}
