/**
 * Documents at rest, and the one way to change them.
 *
 * <p>Every change of state is first decided and then applied. {@link io.ibid.core.store.Decision Deciding} reads the head, the clock
 * and the statement or the partner's unit and gives a {@link io.ibid.core.store.Change}; applying is a pure function of the change, the
 * commit id and the state before, and gives one batch. {@link io.ibid.core.store.Store#write} does the second half and hands out a
 * {@link io.ibid.core.store.Commit} with the snapshots before and after; nobody but the holder of the writer turn sees it until
 * {@link io.ibid.core.store.Store#publish} is called, once it is durable.
 *
 * <p>One key space holds everything (docs/storage.md): documents, the change index in which each document stands once, tombstone
 * expiry, eviction stubs, resume tokens, acknowledgements, the commit chain and the metadata. One batch is one truth: a token can
 * never be newer than its data.
 *
 * <p>Used by {@code sync}, {@code live}, {@code attachment} and {@code database}; imports {@code index}, {@code query}, {@code crdt},
 * {@code storage}, {@code env}, {@code value}.
 */
@NullMarked
package io.ibid.core.store;

import org.jspecify.annotations.NullMarked;
