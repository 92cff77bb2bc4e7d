package io.ibid.core.store;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.Target;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One collection of the {@code system:} namespace: local, read-only, computed when read. Rows are asked for by any thread. */
public interface SystemCollection {

    /** The name without {@code system:}. */
    String name();

    /** The rows as they are now, each with an {@code _id}. */
    List<Value.Struct> rows();

    /**
     * Adds a row, where the collection lets statements do that.
     *
     * @return its id; null when there is one like it and the policy is not {@link Target.Conflict#FAIL}
     * @throws IbidException it does not, the row is not what it takes, or there is one like it
     */
    default @Nullable DocumentId insert(Value.Struct row, Target.Conflict policy) {
        throw new IbidException(ErrorCode.QUERY_UNSUPPORTED, "system:" + name() + " takes no rows");
    }

    /** Removes a row, where the collection lets statements do that; false when there is none of that id. */
    default boolean delete(DocumentId id) {
        return false;
    }
}
