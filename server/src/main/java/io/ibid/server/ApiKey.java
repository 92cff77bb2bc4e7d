package io.ibid.server;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The key that clients have to show, known only by its SHA-256: a key is random and long, so that a fast hash is as good as a slow
 * one. Compared in constant time.
 */
final class ApiKey {
    /** What is shorter can be guessed. */
    static final int LENGTH_MIN = 16;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    /** In the middle of every generated key, so that programs that look for leaked secrets can tell it. */
    private static final String MARK = "ibidapikey";

    private static final String SCHEME = "bearer ";

    private final byte[] hash;

    private ApiKey(byte[] hash) {
        this.hash = hash;
    }

    /** @throws IbidException when the text is too short */
    static ApiKey of(String text) {
        if (text.length() < LENGTH_MIN) {
            throw new IbidException(
                    ErrorCode.VALIDATION, "an API key has " + LENGTH_MIN + " characters or more, not " + text.length());
        }
        return new ApiKey(sha256(text));
    }

    static ApiKey ofHash(byte[] hash) {
        return new ApiKey(hash.clone());
    }

    /** A new key: 8 random letters and digits, a mark, 32 more. */
    static String generate(SecureRandom random) {
        return letters(random, 8) + MARK + letters(random, 32);
    }

    private static String letters(SecureRandom random, int count) {
        StringBuilder letters = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return letters.toString();
    }

    byte[] hash() {
        return hash.clone();
    }

    /**
     * Lets the request pass if its {@code Authorization} header is {@code Bearer KEY} or just {@code KEY}.
     *
     * @throws Refusal 401
     */
    void require(@Nullable String authorization) {
        if (authorization == null) {
            throw refusal("an API key is needed: Authorization: Bearer KEY");
        }
        String given = authorization.strip();
        if (given.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            given = given.substring(SCHEME.length()).strip();
        }
        if (!MessageDigest.isEqual(hash, sha256(given))) {
            throw refusal("the API key is not valid here");
        }
    }

    private static Refusal refusal(String description) {
        return new Failure(401, "authentication/failed-to-authenticate", description)
                .with("WWW-Authenticate", "Bearer")
                .refusal();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
