/** Values as statements take and give them: {@link io.ibid.serialization.DittoCborSerializable} and its kinds. */
@NullMarked
package io.ibid.serialization;

import org.jspecify.annotations.NullMarked;
