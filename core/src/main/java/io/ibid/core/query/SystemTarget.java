package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The rows of those {@code system:} collections that statements may add and remove. Whatever is done is done at once and for good,
 * whatever becomes of the transaction.
 */
public interface SystemTarget {

    /**
     * Adds a row.
     *
     * @return its id; null when there is one like it and the policy is not {@link Target.Conflict#FAIL}
     * @throws io.ibid.core.error.IbidException there is one like it and the policy is {@link Target.Conflict#FAIL}, or the collection
     *     cannot have such a row
     */
    @Nullable
    DocumentId insert(String name, Value.Struct row, Target.Conflict policy);

    /** Removes a row; false when there is none of that id that statements may remove. */
    boolean delete(String name, DocumentId id);
}
