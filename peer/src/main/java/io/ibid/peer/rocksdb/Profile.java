package io.ibid.peer.rocksdb;

/**
 * How much memory and how many threads a store may use. Both profiles write the same files: a directory may be opened with either.
 */
public enum Profile {
    /** For devices: about 30 MB resident with 200,000 documents. */
    SMALL(4 << 20, 16 << 20, 4 << 10, 4 << 20, 2),

    /** For servers: fewer and larger flushes, a cache worth having, two compactions beside a flush. */
    SERVER(64 << 20, 256 << 20, 16 << 10, 64 << 20, 4);

    /** What is gathered in memory before it becomes a file. The log to replay after a crash is at most about twice this. */
    final long writeBufferBytes;

    /** Uncompressed blocks kept in memory. */
    final long blockCacheBytes;

    /** Uncompressed size of what one read fetches: small blocks favour point reads, large ones compression. */
    final long blockBytes;

    final long tableFileBytes;

    /** Flushes and compactions at once. */
    final int backgroundJobs;

    Profile(long writeBufferBytes, long blockCacheBytes, long blockBytes, long tableFileBytes, int backgroundJobs) {
        this.writeBufferBytes = writeBufferBytes;
        this.blockCacheBytes = blockCacheBytes;
        this.blockBytes = blockBytes;
        this.tableFileBytes = tableFileBytes;
        this.backgroundJobs = backgroundJobs;
    }
}
