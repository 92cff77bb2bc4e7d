package io.ibid.legacy;

import io.ibid.core.value.Cbor;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Tells whether two peers see the same: the first 64 bits of the SHA-256 of the documents' canonical CBOR. */
final class ContentHash {
    private static final int BITS = 64;
    /** Proquints: 16 bits are five letters, consonants and vowels in turn (Wilkerson 2009). */
    private static final String CONSONANTS = "bdfghjklmnprstvz";

    private static final String VOWELS = "aiou";

    private ContentHash() {}

    static BigInteger of(List<DittoDocument> documents) {
        MessageDigest digest = sha256();
        for (DittoDocument document : documents) {
            digest.update(Cbor.encode(document.content())); // says itself where it ends
        }
        return new BigInteger(1, digest.digest()).shiftRight(256 - BITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    static String mnemonic(BigInteger hash) {
        StringBuilder words = new StringBuilder();
        for (int shift = BITS - 16; shift >= 0; shift -= 16) {
            int word = hash.shiftRight(shift).intValue() & 0xFFFF;
            words.append(words.isEmpty() ? "" : "-")
                    .append(CONSONANTS.charAt(word >> 12))
                    .append(VOWELS.charAt(word >> 10 & 3))
                    .append(CONSONANTS.charAt(word >> 6 & 15))
                    .append(VOWELS.charAt(word >> 4 & 3))
                    .append(CONSONANTS.charAt(word & 15));
        }
        return words.toString();
    }
}
