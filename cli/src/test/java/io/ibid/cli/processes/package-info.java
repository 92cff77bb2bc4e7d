/**
 * What only real processes show: {@code ibid} in child JVMs, driven over HTTP, joined by cables that count, slow down and cut, and killed
 * in the middle of everything.
 */
@NullMarked
package io.ibid.cli.processes;

import org.jspecify.annotations.NullMarked;
