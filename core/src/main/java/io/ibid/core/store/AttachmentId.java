package io.ibid.core.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Names the content of an attachment: the letters EA and {@code SHA-256(0x02 || root || length)}, where root is the hash of the tree over
 * its chunks and length eight bytes, big-endian. In text 46 characters of base64url without padding. Immutable.
 */
public final class AttachmentId implements Comparable<AttachmentId> {
    /** Length of {@link #bytes}. */
    public static final int LENGTH = 34;

    private static final int HASH_BYTES = 32;
    private static final byte CONTENT = 2;
    private static final byte[] PREFIX = {'E', 'A'};
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final byte[] bytes;

    private AttachmentId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The id of these 34 bytes; IllegalArgumentException when they are none. */
    public static AttachmentId of(byte[] bytes) {
        if (bytes.length != LENGTH || bytes[0] != PREFIX[0] || bytes[1] != PREFIX[1]) {
            throw new IllegalArgumentException("an attachment's id has " + LENGTH + " bytes and begins with EA");
        }
        return new AttachmentId(bytes.clone());
    }

    /** The id of a content by the hash of its tree. */
    public static AttachmentId ofContent(byte[] root, long length) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(CONTENT);
            sha256.update(root);
            for (int shift = 56; shift >= 0; shift -= 8) {
                sha256.update((byte) (length >>> shift));
            }
            return ofHash(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static AttachmentId ofHash(byte[] hash) {
        byte[] bytes = Arrays.copyOf(PREFIX, LENGTH);
        System.arraycopy(hash, 0, bytes, PREFIX.length, HASH_BYTES);
        return new AttachmentId(bytes);
    }

    /** The id of the text: 46 characters, or the 43 of the bare hash. Null for any other text. */
    public static @Nullable AttachmentId parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
        if (!TEXT.encodeToString(bytes).equals(text)) {
            return null; // padding, or stray bits behind the last byte: a second name for the same content
        }
        if (bytes.length == HASH_BYTES) {
            return ofHash(bytes);
        }
        boolean isWhole = bytes.length == LENGTH && bytes[0] == PREFIX[0] && bytes[1] == PREFIX[1];
        return isWhole ? new AttachmentId(bytes) : null;
    }

    /** A new array. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(AttachmentId other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttachmentId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** 46 characters. */
    @Override
    public String toString() {
        return TEXT.encodeToString(bytes);
    }
}
