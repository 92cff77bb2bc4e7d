package io.ibid.server;

import java.time.Duration;

/**
 * What one client may cost.
 *
 * @param bodyBytesMax of a request's body
 * @param answerBytesMax of the rows of a SELECT
 * @param spoolMemoryBytes of an answer that stay in memory; what is longer goes through a file
 * @param timeout of one request, from its body to its last row
 * @param commitWait the longest wait for the commit that {@code X-DITTO-TXN-ID} names
 * @param threads statements that run at the same time
 * @param queueLength requests that may wait for a thread
 */
record Limits(
        int bodyBytesMax,
        long answerBytesMax,
        int spoolMemoryBytes,
        Duration timeout,
        Duration commitWait,
        int threads,
        int queueLength) {

    static final int MIB = 1024 * 1024;

    /**
     * Threads: enough that writers, which mostly wait for the disk, are synced in groups, and that short statements get a thread
     * beside long scans; the operating system shares the processors among them.
     */
    static final Limits STANDARD =
            new Limits(16 * MIB, 64L * MIB, 128 * 1024, Duration.ofSeconds(30), Duration.ofSeconds(5), 32, 1024);
}
