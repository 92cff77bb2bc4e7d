@NullMarked
package io.ibid.core.sync.reconcile;

import org.jspecify.annotations.NullMarked;
