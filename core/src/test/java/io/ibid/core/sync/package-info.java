@NullMarked
package io.ibid.core.sync;

import org.jspecify.annotations.NullMarked;
