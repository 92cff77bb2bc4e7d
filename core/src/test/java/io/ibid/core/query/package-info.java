/** Tests of DQL against a store that is a few maps. */
@NullMarked
package io.ibid.core.query;

import org.jspecify.annotations.NullMarked;
