/** Cuts a stream of JSON that may be larger than memory into the values that it consists of. */
@NullMarked
package io.ibid.cli.json;

import org.jspecify.annotations.NullMarked;
