/** Tests of the wire format. */
@NullMarked
package io.ibid.core.sync.wire;

import org.jspecify.annotations.NullMarked;
