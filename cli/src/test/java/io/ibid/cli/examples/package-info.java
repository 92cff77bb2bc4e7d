/** The programs in {@code examples/}, run as their pages say. */
@NullMarked
package io.ibid.cli.examples;

import org.jspecify.annotations.NullMarked;
