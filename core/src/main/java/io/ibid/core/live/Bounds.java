package io.ibid.core.live;

/**
 * How much of everything live queries take.
 *
 * @param queryBytesMax what one query may keep
 * @param bytesMax what all of them may keep together
 * @param stockMin how many rows a window keeps beyond its LIMIT at least
 * @param documentsHere a commit of no more documents is examined on the loop
 * @param sliceDocuments how many documents of a larger one are read at once
 * @param testsMax how many queries may be tested before the loop turns to something else
 * @param documentsMin a commit of no more documents is never skipped
 * @param waitingMax so many commits may wait behind a large one, each with its snapshot
 * @param missedMax more changes than this while a window is loaded, and loading it again is cheaper than keeping them
 */
record Bounds(
        long queryBytesMax,
        long bytesMax,
        int stockMin,
        int documentsHere,
        int sliceDocuments,
        int testsMax,
        long documentsMin,
        int waitingMax,
        int missedMax) {

    /** One query keeps a result of some 10,000 documents. */
    static final Bounds STANDARD = new Bounds(8 << 20, 64 << 20, 64, 32, 256, 2048, 1024, 256, 4096);
}
