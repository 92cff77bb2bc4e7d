package io.ibid.core.store;

import io.ibid.core.value.ByteReader;

/** Checks the table of attachments as far as it stands by itself; the contents are checked where their bytes are. One use. */
final class BlobCheck {
    private static final String TABLE = "attachments";

    private final Check check;
    private final Image image;

    BlobCheck(Check check, Image image) {
        this.check = check;
        this.image = image;
    }

    void entry(byte[] key, byte[] value) {
        AttachmentId id = BlobTable.idOf(key);
        if (key[1] == Keys.REFERENCE) {
            reference(key, id);
            return;
        }
        ByteReader in = new ByteReader(value);
        long commit = in.varint();
        check.expect(
                commit >= 0 && commit <= image.head().commit(),
                TABLE,
                key,
                "it was written at commit " + commit + ", of " + image.head().commit() + " there are");
        switch (key[1]) {
            case Keys.BLOB_HEAD -> BlobTable.Head.decode(in);
            case Keys.BLOB_LEAVES, Keys.BLOB_CONTENT, Keys.BLOB_PRESENT ->
                check.expect(
                        image.snapshot().get(Keys.attachment(Keys.BLOB_HEAD, id)) != null,
                        TABLE,
                        key,
                        "nothing else is known of the content " + id);
            default -> check.add(TABLE, key, "its kind is unknown");
        }
    }

    private void reference(byte[] key, AttachmentId id) {
        DocumentKey document = image.documentKey(key, 2 + AttachmentId.LENGTH);
        check.expect(
                References.of(image.record(document)).contains(id),
                TABLE,
                key,
                "the document " + document + " has no token of " + id);
    }

    /** Every token of a document is noted. */
    void document(byte[] key, int collection, Record record) {
        for (AttachmentId id : References.of(record)) {
            check.expect(
                    image.snapshot().get(Keys.reference(id, collection, record.id())) != null,
                    "documents",
                    key,
                    "its token of " + id + " is not noted in the table of attachments");
        }
    }
}
