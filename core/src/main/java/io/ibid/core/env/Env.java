package io.ibid.core.env;

import io.ibid.core.storage.Storage;

/**
 * Everything a database gets from the world.
 *
 * @param offload takes statements, units and other blocking work
 * @param syncs takes the syncs of {@code durable}, one at a time
 * @param durable the store of record
 * @param scratch disposable storage for staging and spills; may be empty at every start
 */
public record Env(
        Clock clock,
        Randomness randomness,
        Timers timers,
        Offload offload,
        Offload syncs,
        Links links,
        Blobs blobs,
        Storage durable,
        Storage scratch) {}
