package io.ibid.core.env;

import io.ibid.core.storage.Storage;

/**
 * Everything a database gets from the world.
 *
 * @param durable the store of record
 * @param scratch disposable storage for staging and spills; may be empty at every start
 */
public record Env(
        Clock clock,
        Randomness randomness,
        Timers timers,
        Offload offload,
        Links links,
        Blobs blobs,
        Storage durable,
        Storage scratch) {}
