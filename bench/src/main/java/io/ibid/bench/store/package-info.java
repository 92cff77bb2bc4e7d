/**
 * The rows {@code store/*}: local reads and writes against SQLite and against RocksDB without a database around it.
 *
 * <p>All sides do the same work with the same durability, and prove it: ours by the storage's own count of syncs, SQLite by reading its
 * settings back and by taking as long as the disk does, RocksDB by its own count as well.
 */
@NullMarked
package io.ibid.bench.store;

import org.jspecify.annotations.NullMarked;
