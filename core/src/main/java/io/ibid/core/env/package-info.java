/**
 * The interfaces between the pure core and the world: clock, randomness, timers, links, blobs, offloaded work.
 *
 * <p>Production implements them in {@code io.ibid.peer}, the simulation in {@code io.ibid.simulation}; the core is the same code in
 * both. Imports only {@code storage} and {@code error}.
 */
@NullMarked
package io.ibid.core.env;

import org.jspecify.annotations.NullMarked;
