/** One database at work: the loop's state machine that wires everything in core. */
@NullMarked
package io.ibid.core.database;

import org.jspecify.annotations.NullMarked;
