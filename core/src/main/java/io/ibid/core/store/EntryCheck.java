package io.ibid.core.store;

import io.ibid.core.index.Entry;
import io.ibid.core.index.EntryFormat;
import io.ibid.core.index.Index;
import io.ibid.core.value.DocumentId;
import java.util.Arrays;
import java.util.List;

/** Checks that the indexes have the entries that the documents ask for, and no others. One use. */
final class EntryCheck {

    private static final String TABLE = "index entries";

    private final Check check;
    private final Image image;

    EntryCheck(Check check, Image image) {
        this.check = check;
        this.image = image;
    }

    /** That a document has its entries. */
    void document(Record record) {
        for (Index index : image.indexes().of(record.key().collection())) {
            if (index.reaches(record.id())) {
                for (Entry entry : DocumentEntries.of(index, record)) {
                    byte[] found = image.snapshot().get(entry.key());
                    check.expect(found != null, TABLE, entry.key(), "it is missing: " + named(index, record.id()));
                    check.expect(
                            found == null || Arrays.equals(found, entry.value()),
                            TABLE,
                            entry.key(),
                            "its value is wrong: " + named(index, record.id()));
                }
            }
        }
    }

    /** That an entry has its document. */
    void entry(byte[] key, byte[] value) {
        Index index = image.indexes().find(EntryFormat.number(key));
        check.expect(index != null, TABLE, key, "its index does not exist");
        if (index == null || index.isDropped()) {
            return;
        }
        Entry entry = index.format().read(key, value);
        DocumentKey document = new DocumentKey(index.shape().collection(), entry.id());
        check.expect(entry.isSound(), TABLE, key, "its flags fit no entry");
        Record record = image.record(document);
        List<Entry> entries =
                record == null || !index.reaches(document.id()) ? List.of() : DocumentEntries.of(index, record);
        check.expect(
                entries.stream().anyMatch(expected -> Arrays.equals(expected.key(), key)),
                TABLE,
                key,
                "it is left over: " + named(index, document.id()));
    }

    private static String named(Index index, DocumentId id) {
        return index.shape().name() + " of " + index.shape().collection() + ", document " + id;
    }
}
