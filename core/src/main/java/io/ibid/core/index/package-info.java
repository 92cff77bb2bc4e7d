/** Secondary indexes. */
@NullMarked
package io.ibid.core.index;

import org.jspecify.annotations.NullMarked;
