/** The document kernel: dots, version vectors, slots, merge, extract, the hybrid clock. Pure functions of state; no I/O. */
@NullMarked
package io.ibid.core.crdt;

import org.jspecify.annotations.NullMarked;
