/**
 * What a person at a terminal sees besides results: the three streams, progress, numbers as people read them, and how a command ends
 * with one sentence.
 */
@NullMarked
package io.ibid.cli.terminal;

import org.jspecify.annotations.NullMarked;
