/** Blob trees, fetch sessions, garbage collection. */
@NullMarked
package io.ibid.core.attachment;

import org.jspecify.annotations.NullMarked;
