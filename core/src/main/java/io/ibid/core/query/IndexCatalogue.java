package io.ibid.core.query;

import java.util.List;

/**
 * The finished indexes of a {@link Source}. Immutable; any thread. It is the same instance as long as no index appears, disappears or
 * gets finished: statements keep the access paths they chose for an instance.
 */
public interface IndexCatalogue {

    /** No indexes at all. */
    IndexCatalogue EMPTY = collection -> List.of();

    /** The indexes of a user collection, sorted by name; empty when it has none or does not exist. */
    List<IndexShape> of(String collection);
}
