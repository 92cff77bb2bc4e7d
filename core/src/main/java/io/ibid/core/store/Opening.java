package io.ibid.core.store;

import io.ibid.core.env.Logs;
import io.ibid.core.env.Randomness;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import io.ibid.core.value.ByteWriter;
import org.slf4j.Logger;

/**
 * What opening a storage has found or made.
 *
 * <p>A store that is a copy of another, or an old state of itself, goes on under a new store id and so under a new actor: what it writes
 * under the old one would be taken for what others have seen of it already. Its partners offer it everything anew.
 */
record Opening(Names names, Image image, long lease) {
    private static final Logger LOG = Logs.of(Opening.class);

    static Opening open(Storage storage, StoreIdentity identity, Randomness randomness, Ablation ablation) {
        Batch batch = new Batch();
        if (isNew(storage)) {
            create(batch, identity, randomness);
        } else {
            Parts.recover(storage);
            claim(storage, batch, identity, randomness, ablation);
        }
        String place = identity.residence().mark();
        if (!place.isEmpty()) {
            batch.put(Keys.meta(Keys.PLACE), new ByteWriter(64).text(place).toByteArray());
        }
        if (!batch.isEmpty()) {
            storage.write(batch);
        }
        // What a process wrote before it was killed is here, but a power cut could still take it; readers may see
        // it only now.
        storage.sync();
        if (!place.isEmpty()) {
            identity.residence().settled(place);
        }
        return read(storage, ablation);
    }

    private static Opening read(Storage storage, Ablation ablation) {
        Snapshot snapshot = storage.snapshot();
        try {
            Names names = Names.load(snapshot);
            Image image = new Image(
                    snapshot,
                    names,
                    Metadata.head(snapshot),
                    Metadata.identity(snapshot),
                    0,
                    names.collections.size(),
                    Metadata.evictions(snapshot),
                    Recent.NONE,
                    IndexTable.load(snapshot),
                    ablation);
            return new Opening(names, image, Metadata.lease(snapshot));
        } catch (RuntimeException | Error e) {
            snapshot.close();
            throw e;
        }
    }

    private static boolean isNew(Storage storage) {
        try (Snapshot snapshot = storage.snapshot()) {
            return !Metadata.checkFormat(snapshot);
        }
    }

    /** An id that no other store has. */
    static StoreId newStoreId(Randomness randomness) {
        byte[] bytes = new byte[StoreId.LENGTH];
        randomness.fill(bytes);
        return StoreId.of(bytes);
    }

    private static void create(Batch batch, StoreIdentity identity, Randomness randomness) {
        Metadata.putFormat(batch);
        batch.put(Keys.meta(Keys.HEAD), Metadata.Head.NONE.encode());
        putIdentity(batch, identity, randomness);
    }

    private static void putIdentity(Batch batch, StoreIdentity identity, Randomness randomness) {
        Metadata.Identity made =
                new Metadata.Identity(identity.databaseId(), identity.devicePublicKey(), newStoreId(randomness), 0);
        batch.put(Keys.meta(Keys.IDENTITY), made.encode());
    }

    private static void claim(
            Storage storage, Batch batch, StoreIdentity identity, Randomness randomness, Ablation ablation) {
        try (Snapshot snapshot = storage.snapshot()) {
            Metadata.Identity found = Metadata.identity(snapshot);
            if (!found.databaseId().equals(identity.databaseId())) {
                throw new IbidException(
                        ErrorCode.VALIDATION,
                        "The store belongs to the database \"" + found.databaseId() + "\", not to \""
                                + identity.databaseId() + "\"");
            }
            String place = Metadata.place(snapshot);
            boolean hasMoved =
                    place != null && !identity.residence().isAt(place) && !ablation.has(Ablation.Switch.NOCOPY);
            if (hasMoved) {
                LOG.warn(
                        "The store of the database {} was restored or copied: it goes on under a new store id, and its partners"
                                + " offer it everything anew",
                        identity.databaseId());
            }
            if (hasMoved || !found.belongsTo(identity.devicePublicKey())) {
                putIdentity(batch, identity, randomness);
                long left = Metadata.evictions(snapshot) - Stubs.clear(snapshot, batch);
                batch.put(Keys.meta(Keys.EVICTIONS), Metadata.number(left));
            }
        }
    }
}
