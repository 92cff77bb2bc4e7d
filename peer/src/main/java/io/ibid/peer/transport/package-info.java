/**
 * Sockets: moves whole frames between this process and its partners, and decides nothing.
 *
 * <p>{@link io.ibid.peer.transport.TcpTransport} implements the core's {@code Links} over blocking sockets, one virtual thread per
 * direction of a link. It length-prefixes and compresses frames, bounds what waits in either direction, counts bytes, and hands
 * every event to the loop of the database. Whom to dial, when to dial again, what a frame means and when a silent link is dead are
 * decided in the core, so that the simulator runs the same decisions.
 *
 * <p>The only package that may import {@code java.net} for peers. Until peers have identities it neither listens nor dials beyond
 * loopback addresses.
 */
@NullMarked
package io.ibid.peer.transport;

import org.jspecify.annotations.NullMarked;
