package io.ibid.core.crdt;

import io.ibid.core.value.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that stands under one key of a map: a variant per type, of which the one that was written last is shown.
 *
 * @param shown the variant with the greatest dot, of equal ones the greater type rank
 * @param hidden the others, next greatest first; nearly always empty
 */
public record Field(Node shown, List<Node> hidden) {

    /** The variant of a type, shown or hidden, or null. */
    public @Nullable Node variant(FieldType type) {
        if (shown.type() == type) {
            return shown;
        }
        for (Node node : hidden) {
            if (node.type() == type) {
                return node;
            }
        }
        return null;
    }
}
