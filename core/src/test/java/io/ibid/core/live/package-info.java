@NullMarked
package io.ibid.core.live;

import org.jspecify.annotations.NullMarked;
