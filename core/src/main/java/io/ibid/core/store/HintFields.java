package io.ibid.core.store;

import java.util.Collection;
import java.util.List;

/**
 * Which fields of a deleted document are worth keeping in its tombstone: those that known subscriptions decide on, so that the
 * tombstone finds its way to them.
 */
@FunctionalInterface
public interface HintFields {

    /** No field is known to matter. */
    HintFields NONE = collection -> List.of();

    /** Names of top-level fields. */
    Collection<String> of(String collection);
}
