package io.ibid.core.store;

import io.ibid.core.index.EntryFormat;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.DocumentId;
import java.util.Arrays;

/**
 * The key space (docs/storage.md): the first byte names the table, numbers that must sort are big-endian, document ids stand last in
 * their order-preserving form. Stateless.
 */
final class Keys {

    static final byte ACKNOWLEDGEMENTS = 'A';
    static final byte ATTACHMENTS = 'B';
    static final byte DOCUMENTS = 'D';
    static final byte EVICTED = 'E';
    static final byte PARTS = 'G';
    static final byte CHAIN = 'H';
    static final byte CHANGES = 'L';
    static final byte META = 'M';
    static final byte TOKENS = 'R';
    static final byte TOMBSTONES = 'T';
    static final byte INDEX_ENTRIES = EntryFormat.TABLE;

    /** The tables that exist, in the order of their bytes. */
    static final byte[] TABLES = {
        ACKNOWLEDGEMENTS,
        ATTACHMENTS,
        DOCUMENTS,
        EVICTED,
        PARTS,
        CHAIN,
        CHANGES,
        META,
        TOKENS,
        TOMBSTONES,
        INDEX_ENTRIES
    };

    static final int ACKNOWLEDGED = 0;
    static final int ECHO = 1;
    private static final int CHAIN_ENTRY = 0;
    private static final int CHAIN_BLOCK = 1;

    private Keys() {}

    // ---- documents

    static byte[] document(int collection, DocumentId id) {
        return start(DOCUMENTS, id).varint(collection).bytes(id.orderedKey()).toByteArray();
    }

    /** What all keys of the collection's documents begin with. */
    static byte[] documents(int collection) {
        return new ByteWriter(8).u8(DOCUMENTS).varint(collection).toByteArray();
    }

    static byte[] evicted(int collection, DocumentId id) {
        return start(EVICTED, id).varint(collection).bytes(id.orderedKey()).toByteArray();
    }

    static byte[] change(int collection, long commit, DocumentId id) {
        return start(CHANGES, id)
                .varint(collection)
                .fixed64(commit)
                .bytes(id.orderedKey())
                .toByteArray();
    }

    /** What all keys of the collection's changes at or after the commit are not less than. */
    static byte[] changesFrom(int collection, long commit) {
        return new ByteWriter(16).u8(CHANGES).varint(collection).fixed64(commit).toByteArray();
    }

    /** What all keys of the collection's changes begin with. */
    static byte[] changes(int collection) {
        return new ByteWriter(8).u8(CHANGES).varint(collection).toByteArray();
    }

    /** What all keys of tombstones of this hour or later are not less than. */
    static byte[] tombstonesFrom(int hour) {
        return new ByteWriter(8).u8(TOMBSTONES).fixed32(hour).toByteArray();
    }

    static byte[] tombstone(int hour, int collection, DocumentId id) {
        return start(TOMBSTONES, id)
                .fixed32(hour)
                .varint(collection)
                .bytes(id.orderedKey())
                .toByteArray();
    }

    private static ByteWriter start(byte table, DocumentId id) {
        return new ByteWriter(24 + id.orderedKey().length).u8(table);
    }

    // ---- partners

    static byte[] token(StoreId supplier) {
        return new ByteWriter(StoreId.LENGTH + 1)
                .u8(TOKENS)
                .bytes(supplier.bytes())
                .toByteArray();
    }

    static byte[] acknowledgement(byte[] peerKey) {
        return new ByteWriter(48)
                .u8(ACKNOWLEDGEMENTS)
                .u8(ACKNOWLEDGED)
                .bytes(peerKey)
                .toByteArray();
    }

    static byte[] echo(StoreId partner, int collection, DocumentId id) {
        return new ByteWriter(32 + id.orderedKey().length)
                .bytes(echoes(partner))
                .varint(collection)
                .bytes(id.orderedKey())
                .toByteArray();
    }

    /** What all keys of the documents begin with that a partner has an older version of. */
    static byte[] echoes(StoreId partner) {
        return new ByteWriter(StoreId.LENGTH + 2)
                .u8(ACKNOWLEDGEMENTS)
                .u8(ECHO)
                .bytes(partner.bytes())
                .toByteArray();
    }

    static byte[] acknowledgements() {
        return new byte[] {ACKNOWLEDGEMENTS, ACKNOWLEDGED};
    }

    // ---- attachments: the kind, the id, then what the kind asks for

    static final byte BLOB_HEAD = 0;
    static final byte BLOB_LEAVES = 1;
    static final byte BLOB_CONTENT = 2;
    static final byte BLOB_PRESENT = 3;
    static final byte REFERENCE = 4;

    /** What all keys of a kind begin with. */
    static byte[] attachments(byte kind) {
        return new byte[] {ATTACHMENTS, kind};
    }

    static byte[] attachment(byte kind, AttachmentId id) {
        return new ByteWriter(AttachmentId.LENGTH + 8)
                .u8(ATTACHMENTS)
                .u8(kind)
                .bytes(id.bytes())
                .toByteArray();
    }

    static byte[] leaves(AttachmentId id, int page) {
        return new ByteWriter(AttachmentId.LENGTH + 8)
                .bytes(attachment(BLOB_LEAVES, id))
                .fixed32(page)
                .toByteArray();
    }

    /** A document that refers to the content. */
    static byte[] reference(AttachmentId id, int collection, DocumentId document) {
        return new ByteWriter(AttachmentId.LENGTH + 16 + document.orderedKey().length)
                .bytes(attachment(REFERENCE, id))
                .varint(collection)
                .bytes(document.orderedKey())
                .toByteArray();
    }

    // ---- the commit chain

    static byte[] chainEntry(long commit) {
        return new ByteWriter(16).u8(CHAIN).u8(CHAIN_ENTRY).fixed64(commit).toByteArray();
    }

    static byte[] chainBlock(long block) {
        return new ByteWriter(16).u8(CHAIN).u8(CHAIN_BLOCK).fixed64(block).toByteArray();
    }

    static boolean isChainBlock(byte[] key) {
        return key[1] == CHAIN_BLOCK;
    }

    // ---- parts of a change

    static byte[] part(long commit, int number) {
        return new ByteWriter(16).u8(PARTS).fixed64(commit).fixed32(number).toByteArray();
    }

    // ---- metadata: one letter, then what the letter asks for

    static final byte FORMAT = 'f';
    static final byte IDENTITY = 'i';
    static final byte HEAD = 'h';
    static final byte LEASE = 'l';
    static final byte EVICTIONS = 'e';
    static final byte COUNT = 'n';
    static final byte COLLECTION_NAMES = 'c';
    static final byte ACTORS = 'a';
    static final byte STORES = 's';
    static final byte APPLYING = 'p';
    static final byte REAPED = 'r';
    static final byte PLACE = 'w';
    static final byte INDEXES = 'x';
    static final byte INDEX_NUMBER = 'y';

    static byte[] meta(byte letter) {
        return new byte[] {META, letter};
    }

    static byte[] meta(byte letter, int number) {
        return new ByteWriter(16).u8(META).u8(letter).fixed32(number).toByteArray();
    }

    // ---- reading keys

    /** Behind the table byte. */
    static ByteReader reader(byte[] key) {
        return new ByteReader(key, 1, key.length);
    }

    /** The smallest key that does not begin with the prefix; the prefix is not all 0xff. */
    static byte[] after(byte[] prefix) {
        byte[] end = prefix.clone();
        for (int i = end.length - 1; i >= 0; i--) {
            if (++end[i] != 0) {
                return Arrays.copyOf(end, i + 1);
            }
        }
        throw new AssertionError("no key follows a prefix of 0xff bytes");
    }
}
