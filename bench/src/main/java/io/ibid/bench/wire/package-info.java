/** {@code ./ibid bench wire}: what the sync protocol costs in bytes, time, disk and memory, beside what it is meant to cost. */
@NullMarked
package io.ibid.bench.wire;

import org.jspecify.annotations.NullMarked;
