package io.ibid.core.store;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.MalformedException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what is wrong with stored bytes into an error that names the key. Stateless. */
final class Corruption {

    private Corruption() {}

    static IbidException of(byte[] key, String problem, @Nullable Throwable cause) {
        return new IbidException(
                ErrorCode.STORE_CORRUPT, "The store's entry " + name(key) + " is corrupt: " + problem, cause);
    }

    /** A key for people: the table's letter, then hexadecimal. */
    static String name(byte[] key) {
        return key.length == 0
                ? "(empty key)"
                : (char) key[0] + " " + HexFormat.of().formatHex(key, 1, key.length);
    }

    static void check(boolean holds, byte[] key, String problem) {
        if (!holds) {
            throw of(key, problem, null);
        }
    }

    /** Reads, and blames the key for whatever the reading refuses. */
    static <T> T read(byte[] key, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (MalformedException | IllegalArgumentException e) {
            throw of(key, String.valueOf(e.getMessage()), e);
        }
    }

    static void guard(byte[] key, Runnable reading) {
        try {
            reading.run();
        } catch (MalformedException | IllegalArgumentException e) {
            throw of(key, String.valueOf(e.getMessage()), e);
        }
    }
}
