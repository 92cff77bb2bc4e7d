package io.ibid.simulation;

import static io.ibid.simulation.StorageWords.bytes;
import static io.ibid.simulation.StorageWords.expect;
import static io.ibid.simulation.StorageWords.key;

import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;

/** What {@link StorageContract} asks of the weights of ranges: they need not be exact, but ten times as much must look like more. */
final class StorageWeights {
    private static final int ENTRIES = 10_000;

    private StorageWeights() {}

    static void tellMuchFromLittle(StorageContract.Subject subject) {
        try (Storage storage = subject.open()) {
            Batch batch = new Batch();
            for (int i = 0; i < ENTRIES; i++) {
                batch.put(bytes(key(i)), new byte[50]);
            }
            storage.write(batch);
            expectWeights(storage);
        }
        try (Storage storage = subject.open()) {
            expectWeights(storage);
        }
    }

    private static void expectWeights(Storage storage) {
        try (Snapshot snapshot = storage.snapshot()) {
            long all = snapshot.weight(bytes(key(0)), bytes(key(ENTRIES)));
            long tenth = snapshot.weight(bytes(key(4_000)), bytes(key(5_000)));
            expect(true, tenth > all / 50 && tenth < all / 3);
            expect(true, snapshot.weight(bytes(key(2 * ENTRIES)), bytes(key(3 * ENTRIES))) < all / 10);
        }
    }
}
