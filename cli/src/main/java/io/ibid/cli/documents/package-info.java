/**
 * Files of documents: reading them into a collection and writing a collection to them, for {@code import} and {@code export} as
 * commands and in the shell.
 */
@NullMarked
package io.ibid.cli.documents;

import org.jspecify.annotations.NullMarked;
