package io.ibid.core.store;

import io.ibid.core.value.ByteReader;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks the metadata besides the dictionaries, and that its counts are right. One use. */
final class MetadataCheck {

    private static final String TABLE = "metadata";

    private final Check check;
    private final Image image;
    private final SortedMap<Integer, Metadata.Count> counts = new TreeMap<>();

    MetadataCheck(Check check, Image image) {
        this.check = check;
        this.image = image;
    }

    void entry(byte[] key, byte[] value) {
        ByteReader in = new ByteReader(value);
        switch (key.length > 1 ? key[1] : 0) {
            case Keys.FORMAT, Keys.COLLECTION_NAMES, Keys.ACTORS, Keys.STORES, Keys.INDEXES, Keys.APPLYING -> {}
            case Keys.HEAD -> Metadata.Head.decode(in);
            case Keys.IDENTITY ->
                check.expect(
                        Metadata.Identity.decode(in).deviceKey().length == StoreIdentity.KEY_LENGTH,
                        TABLE,
                        key,
                        "its device key has not 33 bytes");
            case Keys.LEASE, Keys.EVICTIONS, Keys.REAPED, Keys.INDEX_NUMBER -> {
                in.varint();
                in.expectEnd();
            }
            case Keys.PLACE -> {
                in.text();
                in.expectEnd();
            }
            case Keys.COUNT -> counts.put(Keys.reader(key).skip(1).fixed32(), Metadata.Count.decode(in));
            default -> check.add(TABLE, key, "no metadata is called so");
        }
    }

    /** Compares the counts with what was found. */
    void finish(SortedMap<Integer, long[]> documents, long evictions) {
        long counted = Metadata.evictions(image.snapshot());
        check.expect(
                counted == evictions,
                TABLE,
                Keys.meta(Keys.EVICTIONS),
                "it counts " + counted + " evicted documents, there are " + evictions);
        for (int collection = 1; collection <= image.collections(); collection++) {
            long[] found = documents.getOrDefault(collection, new long[2]);
            Metadata.Count count = counts.getOrDefault(collection, Metadata.Count.NONE);
            check.expect(
                    count.existing() == found[0] && count.husks() == found[1],
                    TABLE,
                    Keys.meta(Keys.COUNT, collection),
                    "it counts " + count.existing() + " documents and " + count.husks() + " husks of "
                            + image.names().collections.name(collection) + ", there are " + found[0] + " and "
                            + found[1]);
        }
    }
}
