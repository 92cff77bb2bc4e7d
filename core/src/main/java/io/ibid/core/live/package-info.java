/** Live queries: which commit concerns whom, coalescing, diffs. */
@NullMarked
package io.ibid.core.live;

import org.jspecify.annotations.NullMarked;
