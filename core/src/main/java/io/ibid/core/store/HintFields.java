package io.ibid.core.store;

import java.util.Set;

/**
 * Which fields of a deleted document are worth keeping in its tombstone: those that known subscriptions decide on, so that the
 * tombstone finds its way to them.
 */
@FunctionalInterface
public interface HintFields {

    /** No field is known to matter. */
    HintFields NONE = collection -> Set.of();

    /** Names of top-level fields. */
    Set<String> of(String collection);
}
