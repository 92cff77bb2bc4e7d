/**
 * What sync costs between two real processes: this one supplies, another one with 256 MiB of heap receives, both with stores on disk, over
 * a TCP connection of the loopback interface. Bytes are counted by a tap between the two, not by either of them.
 */
@NullMarked
package io.ibid.bench.sync;

import org.jspecify.annotations.NullMarked;
