/** Tests of patterns against simpler ones. */
@NullMarked
package io.ibid.core.query.function;

import org.jspecify.annotations.NullMarked;
