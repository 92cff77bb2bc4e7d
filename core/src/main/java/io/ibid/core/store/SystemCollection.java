package io.ibid.core.store;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.List;

/** One collection of the {@code system:} namespace: local, read-only, computed when read. Rows are asked for by any thread. */
public interface SystemCollection {

    /** The name without {@code system:}. */
    String name();

    /** The rows as they are now, each with an {@code _id}. */
    List<Value.Struct> rows();

    /** Removes a row, where the collection lets statements do that; false when there is none of that id. */
    default boolean delete(DocumentId id) {
        return false;
    }
}
