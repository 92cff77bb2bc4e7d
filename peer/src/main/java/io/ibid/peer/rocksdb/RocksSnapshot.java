package io.ibid.peer.rocksdb;

import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;

/** One view of the store. Thread-safe. Closes the cursors that its user forgot. */
final class RocksSnapshot implements Snapshot {

    private final RocksStorage storage;
    private final RocksDB database;
    private final org.rocksdb.Snapshot snapshot;
    private final ReadOptions pointReads;
    private final Gate gate = new Gate("the snapshot");
    private final Set<RocksCursor> cursors = ConcurrentHashMap.newKeySet();

    RocksSnapshot(RocksStorage storage, RocksDB database) {
        this.storage = storage;
        this.database = database;
        snapshot = database.getSnapshot();
        pointReads = new ReadOptions().setSnapshot(snapshot);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        gate.enter();
        try {
            return database.get(pointReads, key);
        } catch (RocksDBException cause) {
            throw storage.failure("read", cause);
        } finally {
            gate.leave();
        }
    }

    @Override
    public Cursor scan(byte[] from, byte @Nullable [] to, boolean reverse) {
        gate.enter();
        try {
            RocksCursor cursor = new RocksCursor(this, from, to, reverse);
            cursors.add(cursor);
            return cursor;
        } finally {
            gate.leave();
        }
    }

    /** Bytes in files, compressed, and in memory; of the newest state, because RocksDB knows no others here. */
    @Override
    public long weight(byte[] from, byte[] to) {
        gate.enter();
        try (Slice first = new Slice(from);
                Slice behind = new Slice(to)) {
            return database.getApproximateSizes(
                            List.of(new Range(first, behind)),
                            SizeApproximationFlag.INCLUDE_FILES,
                            SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
        } finally {
            gate.leave();
        }
    }

    @Override
    public void close() {
        if (!gate.shut()) {
            return;
        }
        List<RocksCursor> forgotten = new ArrayList<>(cursors);
        forgotten.forEach(RocksCursor::close);
        pointReads.close();
        database.releaseSnapshot(snapshot);
        snapshot.close();
        storage.closed(this);
    }

    RocksDB database() {
        return database;
    }

    org.rocksdb.Snapshot nativeSnapshot() {
        return snapshot;
    }

    RocksStorage storage() {
        return storage;
    }

    void closed(RocksCursor cursor) {
        cursors.remove(cursor);
    }
}
