/**
 * The rows {@code observers/*}: what registered observers cost those who write. The databases are in memory, so that no disk's sync
 * hides it. Every run ends with a check that each observer was told the newest result of its query.
 */
@NullMarked
package io.ibid.bench.observers;

import org.jspecify.annotations.NullMarked;
