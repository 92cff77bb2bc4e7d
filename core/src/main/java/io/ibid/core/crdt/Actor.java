package io.ibid.core.crdt;

import io.ibid.core.value.DocumentId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Who made an event: 16 bytes, compared as an unsigned number. One store writes under one actor at a time and takes a new one
 * whenever it may have forgotten events of its own ({@link Authorship}). Bit 127 (the first bit of the first byte) is set for the
 * actors of INITIAL documents and clear for everybody else. Immutable.
 */
public final class Actor implements Comparable<Actor> {

    /** Length of {@link #bytes()}. */
    public static final int LENGTH = 16;

    /** The actor of {@link Dot#ZERO}; nobody writes under it. */
    public static final Actor ZERO = new Actor(0, 0);

    private static final byte[] INITIAL_PREFIX = "init".getBytes(StandardCharsets.US_ASCII);

    private final long high;
    private final long low;

    public Actor(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** The actor of these 16 bytes. */
    public static Actor of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("an actor has 16 bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Actor(buffer.getLong(), buffer.getLong());
    }

    /** The actor of a device's store in one epoch: different whenever one of the three is. */
    public static Actor derive(byte[] devicePublicKey, byte[] storeId, long epoch) {
        MessageDigest digest = sha256();
        digest.update(devicePublicKey);
        digest.update(storeId);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(epoch).array());
        Actor hash = of(Arrays.copyOf(digest.digest(), LENGTH));
        return new Actor(hash.high & Long.MAX_VALUE, hash.low);
    }

    /**
     * The actor that writes an INITIAL document: a function of what is written, so that equal seeds are one event everywhere.
     *
     * @param canonicalContent the typed content, see {@link InitialContent#canonicalBytes()}
     */
    public static Actor initial(String collection, DocumentId id, byte[] canonicalContent) {
        MessageDigest digest = sha256();
        digest.update(INITIAL_PREFIX);
        byte[] name = collection.getBytes(StandardCharsets.UTF_8);
        // The lengths keep (collection "a", id "bc") apart from (collection "ab", id "c").
        digest.update(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(name.length)
                .putInt(id.bytes().length)
                .array());
        digest.update(name);
        digest.update(id.bytes());
        digest.update(canonicalContent);
        Actor hash = of(Arrays.copyOf(digest.digest(), LENGTH));
        return new Actor(hash.high | Long.MIN_VALUE, hash.low);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }

    /** Whether this is the actor of an INITIAL document. */
    public boolean isInitial() {
        return high < 0;
    }

    /** A new array of 16 bytes, big-endian. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
    }

    @Override
    public int compareTo(Actor other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Actor that && high == that.high && low == that.low);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
