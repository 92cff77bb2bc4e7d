/**
 * What the calls of an application cost.
 */
@NullMarked
package io.ibid.bench.sdk;

import org.jspecify.annotations.NullMarked;
