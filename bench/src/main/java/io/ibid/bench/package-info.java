/**
 * Measurements that compare: every row runs a reference in the same process, in turns, and reports the median of the per-round ratios.
 *
 * <p>{@link io.ibid.bench.Bench} is what the command line calls. A {@link io.ibid.bench.Benchmark} is one named row (or a few, one per
 * reference); how rounds are interleaved and ratios formed is in {@link io.ibid.bench.Rounds}. Nothing here may be tuned to the data that
 * is measured with.
 */
@NullMarked
package io.ibid.bench;

import org.jspecify.annotations.NullMarked;
