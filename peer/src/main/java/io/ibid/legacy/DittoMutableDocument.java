package io.ibid.legacy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document in an update: its paths can be read and written. Confined to the callback; it shows what the update has done so far. */
public final class DittoMutableDocument {
    private final DocumentEdit edit;

    DittoMutableDocument(DocumentEdit edit) {
        this.edit = edit;
    }

    public DittoDocumentId getId() {
        return edit.id();
    }

    /** All fields with {@code _id}, as plain objects: a view that cannot be changed. */
    public Map<String, @Nullable Object> getValue() {
        return Collections.unmodifiableMap(edit.content());
    }

    /** The path to a field. */
    public DittoMutableDocumentPath get(String key) {
        return new DittoMutableDocumentPath(edit, List.of(key));
    }
}
