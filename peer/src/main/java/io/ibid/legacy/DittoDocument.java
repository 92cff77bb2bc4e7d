package io.ibid.legacy;

import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.sdk.PlainValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document as it was when it was read. Immutable. */
public final class DittoDocument {
    private final ResultRow row;
    private volatile @Nullable Map<String, @Nullable Object> value;

    DittoDocument(ResultRow row) {
        this.row = row;
    }

    static List<DittoDocument> listOf(List<ResultRow> rows) {
        return rows.stream().map(DittoDocument::new).toList();
    }

    public DittoDocumentId getId() {
        return DittoDocumentId.of(content());
    }

    /** All fields with {@code _id}, as plain objects; unmodifiable. */
    public Map<String, @Nullable Object> getValue() {
        Map<String, @Nullable Object> plain = value;
        if (plain == null) { // two threads may both make it; they make the same
            value = plain = PlainValues.map(content());
        }
        return plain;
    }

    /** The path to a field. */
    public DittoDocumentPath get(String key) {
        return new DittoDocumentPath(getValue().get(key));
    }

    Value.Struct content() {
        return row.value();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoDocument that && content().equals(that.content());
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }

    /** The content as JSON. */
    @Override
    public String toString() {
        return Json.write(content());
    }
}
