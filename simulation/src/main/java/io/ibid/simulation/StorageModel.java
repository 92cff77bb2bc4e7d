package io.ibid.simulation;

import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Drives a storage and a sorted map through the same random histories and compares what they show. */
final class StorageModel {

    private static final int SEEDS = 8;
    private static final int STEPS = 250;
    private static final int ONCE_MAX = 51;

    private final Random random;
    private final NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);

    private StorageModel(long seed) {
        random = new Random(seed);
    }

    static void agreesWithSortedMap(StorageContract.Subject subject) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            StorageModel history = new StorageModel(seed);
            try {
                history.run(subject);
            } catch (AssertionError difference) {
                throw new AssertionError("seed " + seed + ": " + difference.getMessage(), difference);
            }
        }
    }

    private void run(StorageContract.Subject subject) {
        Storage storage = subject.open();
        clear(storage);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(4) == 0) {
                compare(storage);
            } else if (random.nextInt(60) == 0) {
                storage.close();
                storage = subject.open();
            } else if (random.nextInt(10) == 0) {
                storage.sync();
            } else {
                write(storage);
            }
        }
        compare(storage);
        storage.close();
    }

    private static void clear(Storage storage) {
        Batch batch = new Batch();
        try (Snapshot snapshot = storage.snapshot();
                Cursor cursor = snapshot.scan(new byte[0], null, false)) {
            while (cursor.next()) {
                remove(batch, cursor.key());
            }
        }
        storage.write(batch);
    }

    private void write(Storage storage) {
        Batch batch = new Batch();
        for (int count = random.nextInt(40); count > 0; count--) {
            byte[] key = key();
            if (random.nextBoolean() && !(isOnce(key) && model.containsKey(key))) {
                byte[] value = new byte[random.nextInt(200)];
                random.nextBytes(value);
                batch.put(key, value);
                model.put(key, value);
            } else if (!isOnce(key) || model.containsKey(key)) {
                remove(batch, key);
                model.remove(key);
            }
        }
        storage.write(batch);
    }

    private static void remove(Batch batch, byte[] key) {
        if (isOnce(key)) {
            batch.removeOnce(key);
        } else {
            batch.remove(key);
        }
    }

    /** A third of the keys keeps the promise of removeOnce all its life; the others never use it. */
    private static boolean isOnce(byte[] key) {
        return key.length > 0 && key[0] <= ONCE_MAX && key[0] >= 0;
    }

    private void compare(Storage storage) {
        try (Snapshot snapshot = storage.snapshot()) {
            byte[] key = key();
            StorageWords.expect(hex(model.get(key)), hex(snapshot.get(key)));
            byte[] from = key();
            byte[] to = random.nextInt(3) == 0 ? null : key();
            boolean reverse = random.nextBoolean();
            NavigableMap<byte[], byte[]> range = range(from, to);
            try (Cursor cursor = snapshot.scan(from, to, reverse)) {
                if (random.nextBoolean()) {
                    byte[] target = key();
                    cursor.seek(target);
                    range = reverse ? range.headMap(target, true) : range.tailMap(target, true);
                }
                expectSame((reverse ? range.descendingMap() : range).entrySet().iterator(), cursor);
            }
        }
    }

    private NavigableMap<byte[], byte[]> range(byte[] from, byte @Nullable [] to) {
        NavigableMap<byte[], byte[]> range = new TreeMap<>(Arrays::compareUnsigned);
        if (to == null || Arrays.compareUnsigned(from, to) < 0) {
            range.putAll(to == null ? model.tailMap(from, true) : model.subMap(from, true, to, false));
        }
        return range;
    }

    private static void expectSame(Iterator<Map.Entry<byte[], byte[]>> expected, Cursor actual) {
        while (expected.hasNext()) {
            Map.Entry<byte[], byte[]> entry = expected.next();
            StorageWords.expect(true, actual.next());
            StorageWords.expect(hex(entry.getKey()), hex(actual.key()));
            StorageWords.expect(hex(entry.getValue()), hex(actual.value()));
        }
        StorageWords.expect(false, actual.next());
    }

    private byte[] key() {
        byte[] key = new byte[random.nextInt(4)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(6) * 51);
        }
        return key;
    }

    private static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }
}
