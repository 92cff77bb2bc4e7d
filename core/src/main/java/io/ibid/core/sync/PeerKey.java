package io.ibid.core.sync;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Names a device: its compressed P-256 public point. In text "pk" and the point in base64url without padding. Ordered as unsigned
 * bytes, which decides between two links of one pair of peers. Immutable.
 */
public final class PeerKey implements Comparable<PeerKey> {
    /** Length of {@link #bytes}. */
    public static final int LENGTH = 33;

    private final byte[] bytes;

    private PeerKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The key of these 33 bytes. */
    public static PeerKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a peer key has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new PeerKey(bytes.clone());
    }

    /** A new array. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(PeerKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PeerKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "pk" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
