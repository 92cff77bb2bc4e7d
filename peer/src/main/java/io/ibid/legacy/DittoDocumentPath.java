package io.ibid.legacy;

import org.jspecify.annotations.Nullable;

/** A path of a document that is read: {@code document.get("owner").get("name").getStringValue()}. Immutable. */
public final class DittoDocumentPath extends DittoPathValue {
    private final @Nullable Object value;

    DittoDocumentPath(@Nullable Object value) {
        this.value = value;
    }

    /** The path to a field of the map that stands here. */
    public DittoDocumentPath get(String key) {
        return new DittoDocumentPath(step(value, key));
    }

    /** The path to an element, counted from 0, of the list that stands here. */
    public DittoDocumentPath get(int index) {
        return new DittoDocumentPath(step(value, index));
    }

    @Override
    public @Nullable Object getValue() {
        return value;
    }

    /** The counter; null when no number stands here. */
    public @Nullable DittoCounter getCounter() {
        return value instanceof Number number ? new DittoCounter(number.doubleValue()) : null;
    }
}
