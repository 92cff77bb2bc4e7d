package io.ibid.core.store;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What stands in the metadata table besides the dictionaries, and how. Stateless. */
final class Metadata {

    /** The version that this code reads and writes; any other is refused. */
    static final int FORMAT = 1;

    private static final String MAGIC = "ibid";

    private Metadata() {}

    /**
     * The head of the store.
     *
     * @param commit the newest commit, 0 for none
     * @param link its link of the commit chain
     * @param hlc its time
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Head(long commit, byte[] link, long hlc) {
        static final Head NONE = new Head(0, new byte[CommitChain.LINK_BYTES], 0);

        byte[] encode() {
            return new ByteWriter(40).varint(commit).bytes(link).fixed64(hlc).toByteArray();
        }

        static Head decode(ByteReader in) {
            Head head = new Head(in.varint(), in.bytes(CommitChain.LINK_BYTES), in.fixed64());
            in.expectEnd();
            return head;
        }
    }

    /**
     * Who the store is. Per node.
     *
     * @param epoch counts the actors that this store has written under, from 0
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Identity(String databaseId, byte[] deviceKey, StoreId storeId, long epoch) {

        byte[] encode() {
            return new ByteWriter(96)
                    .text(databaseId)
                    .blob(deviceKey)
                    .bytes(storeId.bytes())
                    .varint(epoch)
                    .toByteArray();
        }

        static Identity decode(ByteReader in) {
            Identity identity = new Identity(in.text(), in.blob(), StoreId.of(in.bytes(StoreId.LENGTH)), in.varint());
            in.expectEnd();
            return identity;
        }

        Identity withEpoch(long next) {
            return new Identity(databaseId, deviceKey, storeId, next);
        }

        Identity renewed(StoreId next) {
            return new Identity(databaseId, deviceKey, next, 0);
        }

        boolean belongsTo(byte[] otherKey) {
            return Arrays.equals(deviceKey, otherKey);
        }
    }

    /**
     * Refuses what this version cannot read.
     *
     * @return false when the key space is empty: a new store
     */
    static boolean checkFormat(Snapshot snapshot) {
        byte[] format = snapshot.get(Keys.meta(Keys.FORMAT));
        if (format == null) {
            try (Cursor cursor = snapshot.scan(new byte[0], null, false)) {
                if (cursor.next()) {
                    throw new IbidException(
                            ErrorCode.STORE_FORMAT,
                            "The storage holds something, but no format version: it is not a store of this software");
                }
            }
            return false;
        }
        String found = describeFormat(format);
        if (!found.equals(MAGIC + " " + FORMAT)) {
            throw new IbidException(
                    ErrorCode.STORE_FORMAT,
                    "The store has the format \"" + found + "\"; this version reads \"" + MAGIC + " " + FORMAT
                            + "\" only");
        }
        return true;
    }

    private static String describeFormat(byte[] format) {
        return Corruption.read(Keys.meta(Keys.FORMAT), () -> {
            ByteReader in = new ByteReader(format);
            return in.text() + " " + in.varint();
        });
    }

    static void putFormat(Batch batch) {
        batch.put(
                Keys.meta(Keys.FORMAT),
                new ByteWriter(16).text(MAGIC).varint(FORMAT).toByteArray());
    }

    static Head head(Snapshot snapshot) {
        byte[] value = required(snapshot, Keys.HEAD);
        return Corruption.read(Keys.meta(Keys.HEAD), () -> Head.decode(new ByteReader(value)));
    }

    static Identity identity(Snapshot snapshot) {
        byte[] value = required(snapshot, Keys.IDENTITY);
        return Corruption.read(Keys.meta(Keys.IDENTITY), () -> Identity.decode(new ByteReader(value)));
    }

    /** The mark of the place where the store lies, null when there is none. */
    static @Nullable String place(Snapshot snapshot) {
        byte[] key = Keys.meta(Keys.PLACE);
        byte[] value = snapshot.get(key);
        return value == null ? null : Corruption.read(key, () -> new ByteReader(value).text());
    }

    /** The time that the clock has leased, 0 when it never had to. */
    static long lease(Snapshot snapshot) {
        return number(snapshot.get(Keys.meta(Keys.LEASE)), Keys.LEASE);
    }

    /**
     * A change in parts that has happened, although not all of its parts are written to their tables.
     *
     * @param commit the commit that it makes
     * @param parts how many there were
     * @param written how many of them are written and gone
     */
    record Applying(long commit, int parts, int written) {

        byte[] encode() {
            return new ByteWriter(24)
                    .varint(commit)
                    .varint(parts)
                    .varint(written)
                    .toByteArray();
        }

        static Applying decode(ByteReader in) {
            Applying applying = new Applying(in.varint(), in.varint(Integer.MAX_VALUE), in.varint(Integer.MAX_VALUE));
            in.expectEnd();
            return applying;
        }
    }

    /** The change in parts that is under way, null for none. */
    static @Nullable Applying applying(Snapshot snapshot) {
        byte[] key = Keys.meta(Keys.APPLYING);
        byte[] value = snapshot.get(key);
        return value == null ? null : Corruption.read(key, () -> Applying.decode(new ByteReader(value)));
    }

    /** How many entries the table of evicted documents has. */
    static long evictions(Snapshot snapshot) {
        return number(snapshot.get(Keys.meta(Keys.EVICTIONS)), Keys.EVICTIONS);
    }

    /** The newest commit of a tombstone of the collection that was reaped, 0 when none was. */
    static long reaped(Snapshot snapshot, int collection) {
        byte[] key = Keys.meta(Keys.REAPED, collection);
        byte[] value = snapshot.get(key);
        return value == null ? 0 : Corruption.read(key, () -> new ByteReader(value).varint());
    }

    private static long number(byte @Nullable [] value, byte letter) {
        return value == null ? 0 : Corruption.read(Keys.meta(letter), () -> new ByteReader(value).varint());
    }

    static byte[] number(long value) {
        return new ByteWriter(16).varint(value).toByteArray();
    }

    private static byte[] required(Snapshot snapshot, byte letter) {
        byte[] value = snapshot.get(Keys.meta(letter));
        if (value == null) {
            throw Corruption.of(Keys.meta(letter), "it is missing", null);
        }
        return value;
    }

    /**
     * How many documents of a collection are visible.
     *
     * @param existing those that somebody inserted and nobody deleted
     * @param husks those of which only fields survived a concurrent DELETE
     */
    record Count(long existing, long husks) {
        static final Count NONE = new Count(0, 0);

        byte[] encode() {
            return new ByteWriter(16).varint(existing).varint(husks).toByteArray();
        }

        static Count read(Snapshot snapshot, int collection) {
            byte[] key = Keys.meta(Keys.COUNT, collection);
            byte[] value = snapshot.get(key);
            return value == null ? NONE : Corruption.read(key, () -> decode(new ByteReader(value)));
        }

        static Count decode(ByteReader in) {
            Count count = new Count(in.varint(), in.varint());
            in.expectEnd();
            return count;
        }

        long visible(boolean hideHusks) {
            return hideHusks ? existing : existing + husks;
        }
    }
}
