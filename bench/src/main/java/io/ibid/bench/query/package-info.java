/**
 * The rows {@code query/*}: statements over 100,000 documents with indexes, against SQLite with documents in its binary JSON and indexes
 * on expressions; and beside them what RocksDB alone takes for the same gets, walks and puts, which is the floor.
 *
 * <p>Both sides have the same documents, indexes, cache and durability, read all that a query answers, and must come to the same
 * answer: a checksum of each slice is compared.
 */
@NullMarked
package io.ibid.bench.query;

import org.jspecify.annotations.NullMarked;
