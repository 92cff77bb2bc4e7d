/**
 * Runs one database: threads, loop, clock, directory. It executes and decides nothing: back-off, group commit, keepalive and
 * credit are decided in {@code io.ibid.core}, which asks for effects through {@code Env}.
 *
 * <p>Threads of one open database: the loop (order), the sync thread (durability), a bounded pool of platform threads (statements,
 * units, listeners) and the callers themselves, who hold the writer turn for their own transactions. Virtual threads only move
 * frames. Entry point: {@link io.ibid.peer.runtime.OpenDatabase}.
 */
@NullMarked
package io.ibid.peer.runtime;

import org.jspecify.annotations.NullMarked;
