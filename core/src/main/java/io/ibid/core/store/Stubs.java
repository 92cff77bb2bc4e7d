package io.ibid.core.store;

import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.value.ByteReader;

/**
 * The stubs of evicted documents, all together. A stub keeps an actor from writing a document of which it has forgotten events of its
 * own; a new actor makes all of them pointless. Stateless.
 */
final class Stubs {

    /** With more of them a new epoch costs less than keeping them. */
    static final int MAX = 10_000;

    private Stubs() {}

    static int count(Snapshot snapshot) {
        int count = 0;
        try (Cursor cursor = scan(snapshot)) {
            while (cursor.next()) {
                count += eviction(cursor).ownHlc() == 0 ? 0 : 1;
            }
        }
        return count;
    }

    /** Removes all stubs; entries that still tell partners of an eviction stay. Says how many entries went. */
    static int clear(Snapshot snapshot, Batch batch) {
        int removed = 0;
        try (Cursor cursor = scan(snapshot)) {
            while (cursor.next()) {
                Eviction eviction = eviction(cursor);
                if (eviction.ownHlc() == 0) {
                    continue;
                }
                if (eviction.commit() == 0) {
                    batch.remove(cursor.key());
                    removed++;
                } else {
                    batch.put(cursor.key(), new Eviction(eviction.commit(), 0).encode());
                }
            }
        }
        return removed;
    }

    private static Cursor scan(Snapshot snapshot) {
        byte[] prefix = {Keys.EVICTED};
        return snapshot.scan(prefix, Keys.after(prefix), false);
    }

    private static Eviction eviction(Cursor cursor) {
        byte[] value = cursor.value();
        return Corruption.read(cursor.key(), () -> Eviction.decode(new ByteReader(value)));
    }
}
