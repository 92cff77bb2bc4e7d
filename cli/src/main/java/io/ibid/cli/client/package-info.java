/**
 * Statements, wherever their database is: in a folder that this process has opened, or behind a URL. Commands and the shell see one
 * interface, {@link io.ibid.cli.client.StatementClient}; rows stream on both sides, so an answer may be larger than memory.
 */
@NullMarked
package io.ibid.cli.client;

import org.jspecify.annotations.NullMarked;
