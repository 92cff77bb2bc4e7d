/** Tests of the value model; {@link io.ibid.core.value.ValueGenerator} is for the tests of all other packages too. */
@NullMarked
package io.ibid.core.value;

import org.jspecify.annotations.NullMarked;
