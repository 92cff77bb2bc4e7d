package io.ibid.core.attachment;

/**
 * How a content of some length is cut: into chunks of 64 KiB, of which the last may be shorter, and pages of 1,024 chunks' hashes.
 *
 * @param length in bytes, 0 to {@link #LENGTH_MAX}
 */
record Shape(long length) {
    static final int CHUNK_BYTES = 64 << 10;
    static final int PAGE_LEAVES = 1 << 10;
    /** 64 GiB: what is kept in memory of one content under way stays below 40 MiB. */
    static final long LENGTH_MAX = 64L << 30;

    int chunks() {
        return (int) ((length + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }

    int pages() {
        return (chunks() + PAGE_LEAVES - 1) / PAGE_LEAVES;
    }

    static long offset(int chunk) {
        return (long) chunk * CHUNK_BYTES;
    }

    int chunkBytes(int chunk) {
        return (int) Math.min(CHUNK_BYTES, length - offset(chunk));
    }

    static int page(int chunk) {
        return chunk / PAGE_LEAVES;
    }

    /** Hashes on a page. */
    int leaves(int page) {
        return Math.min(PAGE_LEAVES, chunks() - page * PAGE_LEAVES);
    }
}
