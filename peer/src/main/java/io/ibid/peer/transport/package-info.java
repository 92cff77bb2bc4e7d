/**
 * Sockets: moves whole frames between this process and its partners, and decides nothing.
 *
 * <p>{@link io.ibid.peer.transport.Transport} implements the core's {@code Links}: a link compresses frames, bounds what waits in either direction,
 * counts bytes, and hands every event to the loop of the database, with one virtual thread per direction. Below it a {@link
 * io.ibid.peer.transport.Wire} carries the frames: a TCP socket, TLS between peers that share a key, or a WebSocket. Whom to dial, when to dial again, what a frame means and when a silent link is dead are
 * decided in the core, so that the simulator runs the same decisions.
 *
 * <p>The only package that may import {@code java.net} for peers. Without a shared key it neither listens nor dials beyond loopback addresses,
 * and servers on other machines are reached by TLS only.
 */
@NullMarked
package io.ibid.peer.transport;

import org.jspecify.annotations.NullMarked;
