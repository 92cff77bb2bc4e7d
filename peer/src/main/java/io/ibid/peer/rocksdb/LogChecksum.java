package io.ibid.peer.rocksdb;

import java.util.zip.CRC32C;

/** The checksum of a log record, CRC-32C in the disguise that RocksDB gives it. Confined to one thread. */
final class LogChecksum {

    private static final int POLYNOMIAL_REVERSED = 0x82f63b78;
    private static final int MASK = 0xa282ead8;

    private final CRC32C crc = new CRC32C();

    /** Whether {@code stored} is the checksum of the bytes. */
    boolean fits(int stored, byte[] bytes, int offset, int length) {
        return stored == masked(of(bytes, offset, length));
    }

    /**
     * Whether one flipped bit, in the bytes or in {@code stored}, explains why the two do not fit. A disk decays like that; an append
     * that a power cut interrupted does not look like that.
     *
     * <p>CRC is linear: a flipped bit changes the checksum by an amount that depends only on its distance from the end. So one walk
     * from the last byte to the first tries all bits.
     */
    boolean isOneBitOff(int stored, byte[] bytes, int offset, int length) {
        int actual = of(bytes, offset, length);
        if (Integer.bitCount(stored ^ masked(actual)) == 1) {
            return true;
        }
        int difference = actual ^ unmasked(stored);
        int[] changeByBit = new int[Byte.SIZE];
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            changeByBit[bit] = afterByte(1 << bit);
        }
        for (int distance = 0; distance < length; distance++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                if (changeByBit[bit] == difference) {
                    return true;
                }
                changeByBit[bit] = afterByte(changeByBit[bit]);
            }
        }
        return false;
    }

    private int of(byte[] bytes, int offset, int length) {
        crc.reset();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** What a change of the register becomes while one more byte passes. */
    private static int afterByte(int change) {
        int shifted = change;
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            shifted = shifted >>> 1 ^ ((shifted & 1) == 0 ? 0 : POLYNOMIAL_REVERSED);
        }
        return shifted;
    }

    private static int masked(int plain) {
        return (plain >>> 15 | plain << 17) + MASK;
    }

    private static int unmasked(int masked) {
        int rotated = masked - MASK;
        return rotated >>> 17 | rotated << 15;
    }
}
