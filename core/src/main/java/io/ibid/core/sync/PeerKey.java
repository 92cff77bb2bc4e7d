package io.ibid.core.sync;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
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

    private static final String PREFIX = "pk";

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

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IbidException {@code validation/invalid} for any other text
     */
    public static PeerKey parse(String text) {
        if (text.startsWith(PREFIX)) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
                if (bytes.length == LENGTH) {
                    return new PeerKey(bytes);
                }
            } catch (IllegalArgumentException notBase64) {
                throw invalid(text);
            }
        }
        throw invalid(text);
    }

    private static IbidException invalid(String text) {
        return new IbidException(ErrorCode.VALIDATION, "\"" + text + "\" is no peer key");
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
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
