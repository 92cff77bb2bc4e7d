package io.ibid.core.query;

import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/** One row of a result. Stays valid after its result was closed. */
public interface ResultRow {

    Value.Struct value();

    /** Writes what {@link #value} returns as JSON; for whole documents straight from the stored form. */
    void appendJson(StringBuilder out);

    /** The document that this row is, null when the row was computed. */
    @Nullable
    Row document();

    /** What tells the row from others, also in another result of the query; MISSING when only its content does. */
    default Value identity() {
        Row document = document();
        return document == null ? value().get("_id") : document.id();
    }
}
