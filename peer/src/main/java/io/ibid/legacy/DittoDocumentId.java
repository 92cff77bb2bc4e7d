package io.ibid.legacy;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.sdk.PlainValues;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The id of a document: a text, an integer, a boolean, a list or a map of such. Ids are equal when their content is. */
public final class DittoDocumentId {
    private final Value value;

    /** @param value the content, or another id; what cannot be one is refused where it is used ({@code store/document-id}) */
    public DittoDocumentId(Object value) {
        this(PlainContent.value(Objects.requireNonNull(value, "value")));
    }

    DittoDocumentId(Value value) {
        this.value = value;
    }

    Value toValue() {
        return value;
    }

    /** The content as a plain object. */
    public Object getValue() {
        Object plain = PlainValues.of(value);
        if (plain == null) {
            throw new AssertionError("a document id is never null");
        }
        return plain;
    }

    /** The id as a condition has it: {@code collection.find("_id == " + id.toQueryCompatibleString())}. Texts and numbers only. */
    public String toQueryCompatibleString() {
        return Json.write(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoDocumentId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** A text as it is, everything else as JSON. */
    @Override
    public String toString() {
        return value instanceof Value.Text(String text) ? text : Json.write(value);
    }

    /** The one in a document. */
    static DittoDocumentId of(Value.Struct document) {
        return new DittoDocumentId(document.get("_id"));
    }
}
