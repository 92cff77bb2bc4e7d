/** Presence graph, who connects to whom, routing. */
@NullMarked
package io.ibid.core.mesh;

import org.jspecify.annotations.NullMarked;
