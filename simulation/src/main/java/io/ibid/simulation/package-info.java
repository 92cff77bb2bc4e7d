/**
 * A seeded world around the unmodified core: disks that lose power, links that break, clocks that jump, all in virtual time.
 *
 * <p>A run is a function of its seed, so a failure prints one number and that number replays it. Depends on the core alone. The
 * storage contract lives here too, because every module that implements a storage tests it against the same sentences.
 */
@NullMarked
package io.ibid.simulation;

import org.jspecify.annotations.NullMarked;
