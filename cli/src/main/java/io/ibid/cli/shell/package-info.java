/**
 * {@code ./ibid shell}: statements and dot commands, typed at a terminal or read from a pipe.
 *
 * <p>{@link io.ibid.cli.shell.Session} runs what was entered and knows nothing of where it came from; {@code Prompt} reads it from a
 * terminal with editing, history and completion, {@code Script} from a stream. A session ends with {@code .quit}, at the end of its
 * input, or, when nobody is there to see it, with the first error.
 */
@NullMarked
package io.ibid.cli.shell;

import org.jspecify.annotations.NullMarked;
