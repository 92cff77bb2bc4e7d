package io.ibid.core.store;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Names one store: 16 random bytes, made when the database is created, and made anew when a copy or a restored backup was found.
 * Ordered as unsigned bytes. Immutable.
 */
public record StoreId(long high, long low) implements Comparable<StoreId> {

    /** Length of {@link #bytes()}. */
    public static final int LENGTH = 16;

    /** The id of these 16 bytes. */
    public static StoreId of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a store id has 16 bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new StoreId(buffer.getLong(), buffer.getLong());
    }

    /** A new array of 16 bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
    }

    @Override
    public int compareTo(StoreId other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
