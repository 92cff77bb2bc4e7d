/**
 * Sync between peers: sessions, subscriptions, units, resume tokens.
 *
 * <p>{@link io.ibid.core.sync.SyncEngine} holds everything of one database. A {@code Session} is the state machine of one link; its two
 * directions are independent: the supply side sends what its partner wants in the order of its own commits and closes each unit with a CUT,
 * the receive side stages what comes and applies each unit in one commit, together with the resume token. docs/wire.md says what they
 * say to each other; {@code wire} writes it as bytes.
 *
 * <p>Invariants: sessions read published snapshots only, so nothing leaves that a power cut could take back; an ACK follows the commit to
 * the disk; a token is written in the batch of the data it speaks of; readers see units whole.
 *
 * <p>Everything runs on the loop of the database and reaches the world through {@code env}; a unit is decided and applied by the holder of the
 * writer turn. Imports {@code store}, {@code query}, {@code crdt}, {@code storage}, {@code value}, {@code env}; used by
 * {@code database}.
 */
@NullMarked
package io.ibid.core.sync;

import org.jspecify.annotations.NullMarked;
