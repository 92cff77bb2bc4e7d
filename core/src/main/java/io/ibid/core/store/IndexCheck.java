package io.ibid.core.store;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.DocumentId;

/** Checks the tables that follow the documents: changes, evictions, expiry of tombstones. One use. */
final class IndexCheck {

    private final Check check;
    private final Image image;
    private final long chainFrom;
    private long evictions;

    IndexCheck(Check check, Image image) {
        this.check = check;
        this.image = image;
        this.chainFrom = CommitChain.first(image.snapshot(), image.head().commit());
    }

    /** How many evicted documents there are. */
    long evictions() {
        return evictions;
    }

    void change(byte[] key, byte[] value) {
        ByteReader in = Keys.reader(key);
        int collection = in.varint(Integer.MAX_VALUE);
        String name = image.names().collections.name(collection);
        long commit = in.fixed64();
        DocumentId id = DocumentId.readOrderedKey(in);
        in.expectEnd();
        ChangeValue change = ChangeValue.decode(new ByteReader(value));
        change.origin(image.names());
        check.expect(
                commit < chainFrom || CommitChain.tail(image.snapshot(), commit).isPresent(),
                "changes",
                key,
                "commit " + commit + " is not in the chain");
        Record record = image.record(collection, new DocumentKey(name, id));
        if (change.evicted()) {
            Eviction eviction = image.eviction(collection, id);
            check.expect(record == null, "changes", key, "it says evicted, but the document is there");
            check.expect(
                    eviction != null && eviction.commit() == commit,
                    "changes",
                    key,
                    "it says evicted, but the table of evicted documents does not");
        } else {
            check.expect(record != null, "changes", key, "its document does not exist");
            check.expect(
                    record == null || record.commit() == commit,
                    "changes",
                    key,
                    "its document changed at another commit: it stands in the index twice");
        }
    }

    void evicted(byte[] key, byte[] value) {
        evictions++;
        ByteReader in = Keys.reader(key);
        int collection = in.varint(Integer.MAX_VALUE);
        String name = image.names().collections.name(collection);
        DocumentId id = DocumentId.readOrderedKey(in);
        in.expectEnd();
        Eviction eviction = Eviction.decode(new ByteReader(value));
        check.expect(!eviction.isVoid(), "evicted", key, "it remembers nothing");
        if (eviction.commit() == 0) {
            return;
        }
        byte[] change = image.snapshot().get(Keys.change(collection, eviction.commit(), id));
        boolean isBack = image.record(collection, new DocumentKey(name, id)) != null;
        check.expect(
                isBack
                        || change != null
                                && ChangeValue.decode(new ByteReader(change)).evicted(),
                "evicted",
                key,
                "the change index has no eviction at commit " + eviction.commit());
    }

    void tombstone(byte[] key, byte[] value) {
        ByteReader in = Keys.reader(key);
        int hour = in.fixed32();
        int collection = in.varint(Integer.MAX_VALUE);
        String name = image.names().collections.name(collection);
        DocumentId id = DocumentId.readOrderedKey(in);
        in.expectEnd();
        check.expect(value.length == 0, "tombstones", key, "it has a value");
        Record record = image.record(collection, new DocumentKey(name, id));
        check.expect(
                record != null && record.isTombstone() && record.tombstoneHour() == hour,
                "tombstones",
                key,
                "there is no tombstone of that hour");
    }
}
