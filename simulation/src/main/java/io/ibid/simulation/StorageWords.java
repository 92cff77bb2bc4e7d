package io.ibid.simulation;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The words in which {@link StorageContract} speaks: text for keys and values, and what is expected of them. */
final class StorageWords {
    private StorageWords() {}

    static void expect(@Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + " but got " + actual);
        }
    }

    static void expectClosed(Runnable call) {
        IbidException thrown = (IbidException) expectThrown(IbidException.class, call);
        expect(ErrorCode.STORE_CLOSED, thrown.code());
    }

    static RuntimeException expectThrown(Class<? extends RuntimeException> type, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException thrown) {
            if (type.isInstance(thrown)) {
                return thrown;
            }
            throw new AssertionError("expected " + type.getSimpleName() + " but got " + thrown, thrown);
        }
        throw new AssertionError("expected " + type.getSimpleName() + ", but nothing was thrown");
    }

    static List<String> entries(Snapshot snapshot, String from, @Nullable String to, boolean reverse) {
        List<String> entries = new ArrayList<>();
        try (Cursor cursor = snapshot.scan(bytes(from), to == null ? null : bytes(to), reverse)) {
            while (cursor.next()) {
                entries.add(text(cursor.key()) + "=" + text(cursor.value()));
            }
        }
        return entries;
    }

    static String key(int number) {
        return String.format(Locale.ROOT, "key%06d", number);
    }

    static void put(Storage storage, String key, String value) {
        Batch batch = new Batch();
        batch.put(bytes(key), bytes(value));
        storage.write(batch);
    }

    static void putAll(Storage storage, String... keys) {
        Batch batch = new Batch();
        for (String key : keys) {
            batch.put(bytes(key), bytes(key));
        }
        storage.write(batch);
    }

    static void remove(Storage storage, String key) {
        Batch batch = new Batch();
        batch.remove(bytes(key));
        storage.write(batch);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
