package io.ibid.core.query;

import io.ibid.core.value.Path;
import java.util.List;

/**
 * A secondary index as statements see it: finished, so that it has an entry for every document.
 *
 * @param collection the user collection it belongs to
 * @param name unique within the collection
 * @param keys at least one; the entries are ordered by the values of the first key, among equal ones by the second, and so on, at
 *     last by document id
 * @param includeMissing false: documents that lack the field of the first key have no entry
 */
public record IndexShape(String collection, String name, List<Key> keys, boolean includeMissing) {

    public IndexShape {
        keys = List.copyOf(keys);
    }

    /**
     * One key.
     *
     * @param path a field, nested or not; it may begin with {@code _id}, and be {@code _id}
     * @param descending the values stand in reverse order: MISSING first
     */
    public record Key(Path path, boolean descending) {}
}
