/**
 * The durable storage: RocksDB behind the {@link io.ibid.core.storage.Storage} interface.
 *
 * <p>The only package that may import RocksDB. Its concern is to make a C++ library safe to hold wrongly: every native call passes a
 * {@link io.ibid.peer.rocksdb.Gate}, so that a use after close is an exception and never a crash, and every failure becomes an
 * {@link io.ibid.core.error.IbidException} that names the directory. May be called from platform threads only: a native call pins the
 * carrier of a virtual thread.
 */
@NullMarked
package io.ibid.peer.rocksdb;

import org.jspecify.annotations.NullMarked;
