package io.ibid.core.crdt;

import io.ibid.core.value.FieldType;
import io.ibid.core.value.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a document's state means to its readers: a pure function of the state, so replicas with equal vectors show the same.
 *
 * @param exists somebody's INSERT is not deleted
 * @param root the fields, with all type variants
 */
public record Reading(boolean exists, Node.Branch root) {

    /** Whether readers see the document: it exists, or a field has survived a DELETE and such husks are shown. */
    public boolean visible(boolean hideHusks) {
        return exists || (!hideHusks && root.size() > 0);
    }

    /** The field at the path by way of the maps on it, shown or hidden; null when there is none. */
    public @Nullable Field field(Path path) {
        Node.Branch branch = root;
        Field field = null;
        for (int i = 0; i < path.depth(); i++) {
            field = branch == null ? null : branch.field(path.keys().get(i));
            if (field == null) {
                return null;
            }
            branch = field.variant(FieldType.MAP) instanceof Node.Branch map ? map : null;
        }
        return field;
    }
}
