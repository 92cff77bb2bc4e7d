package io.ibid.simulation;

import java.util.SplittableRandom;

/**
 * How fast the devices and links of a world are, and where the limits of their databases lie: far below those of production now and then, so that
 * a few documents reach them. Immutable.
 *
 * @param latencyUsMax of a frame
 * @param workUsMax of a piece of work off the loop
 * @param syncUsMax of a sync of the disk
 * @param bytesPerSecond what a link carries in one direction
 */
record Machine(
        long latencyUsMax,
        long workUsMax,
        long syncUsMax,
        long bytesPerSecond,
        long clockSkewMsMax,
        long creditBytes,
        long stagedBytesInMemoryMax,
        long unitBytesMax) {
    private static final long FAST = 1L << 40;

    static Machine draw(SplittableRandom random) {
        return new Machine(
                random.nextLong(500, random.nextInt(3) == 0 ? 200_000 : 5_000),
                random.nextLong(50, 2_000),
                random.nextLong(100, random.nextInt(3) == 0 ? 100_000 : 10_000),
                random.nextInt(4) == 0 ? random.nextLong(20_000, 500_000) : FAST,
                random.nextInt(3) == 0 ? random.nextLong(1, 3_600_000) : random.nextLong(1, 1_000),
                random.nextInt(3) == 0 ? 4_096 : 1 << 20,
                random.nextInt(3) == 0 ? 2_000 : 8 << 20,
                256 << 20);
    }

    /** Quick, regular and roomy: for scenes that test one thing. */
    static Machine quick(long stagedBytesInMemoryMax, long creditBytes, long unitBytesMax) {
        return new Machine(1, 100, 1_000, FAST, 0, creditBytes, stagedBytesInMemoryMax, unitBytesMax);
    }
}
