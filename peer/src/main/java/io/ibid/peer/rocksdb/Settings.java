package io.ibid.peer.rocksdb;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/**
 * RocksDB's options, and the native objects that must live as long as the database. Numbers behind the choices: docs/decisions/rocksdb.md.
 */
final class Settings implements AutoCloseable {

    /** One false positive in a hundred: most looks before an INSERT ask for an id that does not exist. */
    private static final double BLOOM_BITS_PER_KEY = 10;

    /** Of a memory table's bytes, for the same question asked of what is not in a file yet. */
    private static final double MEMORY_BLOOM_SHARE = 0.03;

    private static final long INFO_LOG_BYTES = 1 << 20;

    private final Statistics statistics = new Statistics();
    private final Cache blockCache;
    private final BloomFilter bloomFilter = new BloomFilter(BLOOM_BITS_PER_KEY);
    final Options options;

    /** Unsynced: durability is one explicit sync for all that was written before it. */
    final WriteOptions unsynced = new WriteOptions().setSync(false);

    Settings(Profile profile) {
        blockCache = new LRUCache(profile.blockCacheBytes);
        options = new Options()
                .setCreateIfMissing(true)
                // The default mode opens after a flipped bit in the log and drops every acknowledged batch behind it.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setParanoidChecks(true)
                .setStatistics(statistics)
                .setWriteBufferSize(profile.writeBufferBytes)
                // Most looks before an INSERT end here.
                .setMemtableWholeKeyFiltering(true)
                .setMemtablePrefixBloomSizeRatio(MEMORY_BLOOM_SHARE)
                .setMaxWriteBufferNumber(3)
                .setTargetFileSizeBase(profile.tableFileBytes)
                .setMaxBytesForLevelBase(4 * profile.tableFileBytes)
                .setMaxBackgroundJobs(profile.backgroundJobs)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(blockCache)
                        .setBlockSize(profile.blockBytes)
                        .setFilterPolicy(bloomFilter))
                // Deleting files is work for a background thread, not for whoever happens to close a snapshot.
                .setAvoidUnnecessaryBlockingIO(true)
                // Nothing wakes an idle device.
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(INFO_LOG_BYTES)
                .setKeepLogFileNum(2);
    }

    /** How often the log was made durable, by RocksDB's own count. */
    long walSyncs() {
        return statistics.getTickerCount(TickerType.WAL_FILE_SYNCED);
    }

    @Override
    public void close() {
        unsynced.close();
        options.close();
        bloomFilter.close();
        blockCache.close();
        statistics.close();
    }
}
