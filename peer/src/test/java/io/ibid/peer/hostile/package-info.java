/** Partners that break the rules, over real sockets: what they do to a peer that keeps them. */
@NullMarked
package io.ibid.peer.hostile;

import org.jspecify.annotations.NullMarked;
