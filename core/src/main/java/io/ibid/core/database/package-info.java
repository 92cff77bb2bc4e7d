/**
 * One database at work: the state machine of the loop that wires store, live queries and sync.
 *
 * <p>The loop owns order, not work. It sends written batches to the disk in groups, publishes commits once they are durable, and tells
 * live queries and sessions of them, in this order. Who may write is settled without it, by a queue for the writer turn; the holder
 * writes on its own thread. Everything that blocks happens elsewhere, through {@code Env}. In the simulation all of it runs inline, in
 * virtual time.
 */
@NullMarked
package io.ibid.core.database;

import org.jspecify.annotations.NullMarked;
