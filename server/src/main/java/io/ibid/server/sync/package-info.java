/**
 * Sync over the HTTP port: a device logs in, gets a token that names it, and opens a WebSocket at {@code /_ditto}, over which it shows the
 * token and then speaks the same protocol as over TCP.
 *
 * <p>One provider is known, the development token: a secret that all devices share and that gives all rights. The WebSocket carries frames as
 * binary messages and hands them to the transport of the database as a {@link io.ibid.peer.transport.Wire}.
 */
@NullMarked
package io.ibid.server.sync;

import org.jspecify.annotations.NullMarked;
