/**
 * The command line. One class for each command; what several of them share (answering a statement through a folder or a URL,
 * tables, progress) has a class of its own. Results go to stdout, everything else to stderr; the exit code is 0, 1 for a failure
 * and 2 for wrong usage.
 *
 * <p>Nobody imports this package. {@link io.ibid.cli.Main} is what the launcher starts.
 */
@NullMarked
package io.ibid.cli;

import org.jspecify.annotations.NullMarked;
