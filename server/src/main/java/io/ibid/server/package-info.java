/**
 * The HTTP side of a database: statements over {@code POST /api/v4|v5/store/execute}, API keys and {@code GET /health}, on Helidon's
 * web server. It serves the Big Peer and, through {@link io.ibid.peer.runtime.HttpListener}, any other peer.
 *
 * <p>Threads: a connection is a virtual thread of the web server and moves bytes only. What costs time (parsing a body, running a
 * statement, encoding rows) runs on a bounded pool of platform threads, so that a scan never holds up {@code /health} or another
 * connection, and a slow reader never holds a pool thread or a snapshot: the pool thread spools the encoded rows, lets the database
 * go, and the connection sends the spool at the client's pace.
 */
@NullMarked
package io.ibid.server;

import org.jspecify.annotations.NullMarked;
