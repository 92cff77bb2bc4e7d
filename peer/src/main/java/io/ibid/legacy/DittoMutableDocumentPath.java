package io.ibid.legacy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path of a document in an update: {@code document.get("owner").get("name").set("Bob")}. */
public final class DittoMutableDocumentPath extends DittoPathValue {
    private final DocumentEdit edit;
    private final List<Object> path;

    DittoMutableDocumentPath(DocumentEdit edit, List<Object> path) {
        this.edit = edit;
        this.path = path;
    }

    /** The path to a field of the map that stands here; writing behind it makes a map of what stands here. */
    public DittoMutableDocumentPath get(String key) {
        return longer(key);
    }

    /** The path to an element, counted from 0, of the list that stands here. Writing behind the last one adds one. */
    public DittoMutableDocumentPath get(int index) {
        return longer(index);
    }

    private DittoMutableDocumentPath longer(Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return new DittoMutableDocumentPath(edit, List.copyOf(longer));
    }

    @Override
    public @Nullable Object getValue() {
        return edit.value(path);
    }

    /** Replaces what stands here; a {@link DittoCounter} makes it a new counter. A change inside a list writes the whole list. */
    public void set(@Nullable Object value) {
        edit.set(path, value);
    }

    /**
     * Likewise.
     *
     * @param isDefault writes only when nothing stands here, and not over what another peer has written before and this one has seen
     */
    public void set(@Nullable Object value, boolean isDefault) {
        if (!isDefault || getValue() == null) {
            set(value);
        }
    }

    /** Removes the field, or the element from its list. Does nothing when there is none. */
    public void remove() {
        edit.remove(path);
    }

    /** The counter that stands here, or that the first increment begins. */
    public DittoMutableCounter counter() {
        return new DittoMutableCounter(edit, path);
    }

    /** The counter; null when no number stands here. */
    public @Nullable DittoMutableCounter getCounter() {
        return getValue() instanceof Number ? counter() : null;
    }
}
