package io.ibid.bench.store;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents.Document;
import io.ibid.peer.rocksdb.Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB without a database around it: the puts that our store makes for the same change, as opaque bytes of the same sizes. What
 * is left between this and ours is the price of being a database.
 */
final class RocksSide implements StoreSide {

    private static final int SMALL_CACHE_BYTES = 16 << 20;
    private static final int SERVER_CACHE_BYTES = 256 << 20;
    private static final int SMALL_BUFFER_BYTES = 4 << 20;
    private static final int SERVER_BUFFER_BYTES = 64 << 20;
    private static final byte[] CHAIN_TAIL = new byte[4];
    private static final byte[] HEAD = new byte[24];

    private final PutSizes sizes;
    private final Statistics statistics = new Statistics();
    private final LRUCache cache;
    private final BloomFilter filter = new BloomFilter(10);
    private final Options options;
    private final WriteOptions durable = new WriteOptions().setSync(true);
    private final RocksDB database;
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final long syncsBefore;

    RocksSide(Path folder, Profile profile, PutSizes sizes) {
        this.sizes = sizes;
        boolean small = profile == Profile.SMALL;
        cache = new LRUCache(small ? SMALL_CACHE_BYTES : SERVER_CACHE_BYTES);
        options = new Options()
                .setCreateIfMissing(true)
                .setStatistics(statistics)
                .setWriteBufferSize(small ? SMALL_BUFFER_BYTES : SERVER_BUFFER_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
        try {
            Files.createDirectories(folder);
            database = RocksDB.open(options, folder.toString());
        } catch (RocksDBException | IOException cause) {
            throw new BenchmarkFailure("RocksDB cannot open " + folder + ": " + cause.getMessage(), cause);
        }
        syncsBefore = syncs();
    }

    @Override
    public void insert(List<Document> documents) {
        long commit = commits.incrementAndGet();
        try (WriteBatch batch = new WriteBatch()) {
            for (Document document : documents) {
                batch.put(sizes.documentKey(document.id()), sizes.documentValue(document.json()));
                batch.put(sizes.changeKey(commit, document.id()), sizes.changeValue());
            }
            finish(batch, commit);
        } catch (RocksDBException cause) {
            throw failure(cause);
        }
    }

    /** The old change entry is one that the store put before; its commit is not kept, and any will do for the sizes. */
    @Override
    public void update(String id, long value) {
        long commit = commits.incrementAndGet();
        try (WriteBatch batch = new WriteBatch()) {
            byte[] key = sizes.documentKey(id);
            byte[] before = database.get(key);
            if (before == null) {
                throw new BenchmarkFailure("RocksDB did not find " + id);
            }
            batch.put(key, before);
            batch.delete(sizes.changeKey(value, id));
            batch.put(sizes.changeKey(commit, id), sizes.changeValue());
            finish(batch, commit);
        } catch (RocksDBException cause) {
            throw failure(cause);
        }
    }

    private void finish(WriteBatch batch, long commit) throws RocksDBException {
        batch.put(
                ByteBuffer.allocate(10)
                        .put((byte) 'H')
                        .put((byte) 0)
                        .putLong(commit)
                        .array(),
                CHAIN_TAIL);
        batch.put("M0".getBytes(StandardCharsets.US_ASCII), HEAD);
        database.write(durable, batch);
        acknowledged.incrementAndGet();
    }

    @Override
    public int select(String id) {
        try {
            byte[] value = database.get(sizes.documentKey(id));
            if (value == null) {
                throw new BenchmarkFailure("RocksDB did not find " + id);
            }
            return io.ibid.bench.Documents.FIELDS;
        } catch (RocksDBException cause) {
            throw failure(cause);
        }
    }

    private long syncs() {
        return statistics.getTickerCount(TickerType.WAL_FILE_SYNCED);
    }

    @Override
    public void checkDurability(int threads) {
        StoreSide.checkSyncs("RocksDB", acknowledged.get(), syncs() - syncsBefore, threads);
    }

    /** A clean stop: without the flush the next open would replay the log. */
    @Override
    public void close() {
        try (FlushOptions flush = new FlushOptions()) {
            database.flush(flush);
        } catch (RocksDBException cause) {
            throw failure(cause);
        } finally {
            database.close();
            durable.close();
            options.close();
            filter.close();
            cache.close();
            statistics.close();
        }
    }

    private static BenchmarkFailure failure(RocksDBException cause) {
        return new BenchmarkFailure("RocksDB failed: " + cause.getMessage(), cause);
    }
}
