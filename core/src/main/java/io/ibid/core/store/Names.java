package io.ibid.core.store;

import io.ibid.core.crdt.Actor;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import java.nio.charset.StandardCharsets;

/** The three dictionaries of a store, in which keys and records speak. Confinement as in {@link Dictionary}. */
final class Names {

    final Dictionary<String> collections;
    final Dictionary<Actor> actors;
    final Dictionary<StoreId> stores;

    Names() {
        this(new Dictionary<>("collection"), new Dictionary<>("actor"), new Dictionary<>("store"));
    }

    private Names(Dictionary<String> collections, Dictionary<Actor> actors, Dictionary<StoreId> stores) {
        this.collections = collections;
        this.actors = actors;
        this.stores = stores;
    }

    /** See {@link Dictionary#overlay}. */
    Names overlay() {
        return new Names(collections.overlay(), actors.overlay(), stores.overlay());
    }

    /** The dictionaries as they are on disk. */
    static Names load(Snapshot snapshot) {
        Names names = new Names();
        load(
                snapshot,
                Keys.COLLECTION_NAMES,
                value -> names.collections.load(new String(value, StandardCharsets.UTF_8)));
        load(snapshot, Keys.ACTORS, value -> names.actors.load(Actor.of(value)));
        load(snapshot, Keys.STORES, value -> names.stores.load(StoreId.of(value)));
        return names;
    }

    private interface Entry {
        void load(byte[] value);
    }

    private static void load(Snapshot snapshot, byte letter, Entry entry) {
        byte[] prefix = Keys.meta(letter);
        int expected = 1;
        try (Cursor cursor = snapshot.scan(prefix, Keys.after(prefix), false)) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                Corruption.check(
                        Keys.reader(key).skip(1).fixed32() == expected++, key, "the dictionary has a gap before it");
                Corruption.guard(key, () -> entry.load(cursor.value()));
            }
        }
    }

    /** Writes what the disk does not know yet. */
    void appendUnwritten(Batch batch) {
        collections.forEachUnwritten((name, number) ->
                batch.put(Keys.meta(Keys.COLLECTION_NAMES, number), name.getBytes(StandardCharsets.UTF_8)));
        actors.forEachUnwritten((actor, number) -> batch.put(Keys.meta(Keys.ACTORS, number), actor.bytes()));
        stores.forEachUnwritten((store, number) -> batch.put(Keys.meta(Keys.STORES, number), store.bytes()));
    }

    void written() {
        collections.written();
        actors.written();
        stores.written();
    }

    void discardUnwritten() {
        collections.discardUnwritten();
        actors.discardUnwritten();
        stores.discardUnwritten();
    }
}
