package io.ibid.core.store;

import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.storage.Storage;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the store has of the contents of attachments: for each its head, the hashes of its chunks, and the bytes themselves when they are
 * few. Written by changes of {@link SidePut}s; what is read here is the newest state, durable or not, for readers of documents have no
 * part in it. Any thread.
 */
public final class BlobTable {
    /** Content up to this size is kept here, larger content in a file. */
    public static final int CONTENT_BYTES_MAX = 256 << 10;

    private static final int ROOT_BYTES = 32;

    private final Storage storage;

    public BlobTable(Storage storage) {
        this.storage = storage;
    }

    /**
     * What is known of one content. Owns its array.
     *
     * @param root the hash of the tree over its chunks
     * @param isWhole whether all of it is here; else some of it was fetched
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Head(long length, byte[] root, boolean isWhole) {

        /** Whether the bytes are in a file, and not in this table. */
        public boolean isFile() {
            return length > CONTENT_BYTES_MAX;
        }

        byte[] encode() {
            return new ByteWriter(48)
                    .u8(isWhole ? 1 : 0)
                    .varint(length)
                    .bytes(root)
                    .toByteArray();
        }

        static Head decode(ByteReader in) {
            boolean isWhole = in.varint(1) == 1;
            long length = in.varint();
            Head head = new Head(length, in.bytes(ROOT_BYTES), isWhole);
            in.expectEnd();
            return head;
        }
    }

    /** A content by its id. */
    public record Entry(AttachmentId id, Head head) {}

    public @Nullable Head head(AttachmentId id) {
        byte[] key = Keys.attachment(Keys.BLOB_HEAD, id);
        byte[] value = value(key);
        return value == null ? null : Corruption.read(key, () -> Head.decode(new ByteReader(value)));
    }

    /** The contents behind one of them, in the order of their ids, at most so many; null: from the first. */
    public List<Entry> heads(@Nullable AttachmentId after, int max) {
        List<Entry> entries = new ArrayList<>();
        byte[] prefix = Keys.attachments(Keys.BLOB_HEAD);
        byte[] from = after == null
                ? prefix
                : new ByteWriter(AttachmentId.LENGTH + 8)
                        .bytes(Keys.attachment(Keys.BLOB_HEAD, after))
                        .u8(0)
                        .toByteArray();
        try (Snapshot snapshot = storage.snapshot();
                Cursor cursor = snapshot.scan(from, Keys.after(prefix), false)) {
            while (entries.size() < max && cursor.next()) {
                byte[] key = cursor.key();
                byte[] value = cursor.value();
                entries.add(Corruption.read(key, () -> new Entry(idOf(key), Head.decode(behindCommit(value)))));
            }
        }
        return entries;
    }

    /** The hashes of a page of chunks, one behind the other. */
    public byte @Nullable [] leaves(AttachmentId id, int page) {
        return value(Keys.leaves(id, page));
    }

    /** The bytes of a small content. */
    public byte @Nullable [] content(AttachmentId id) {
        return value(Keys.attachment(Keys.BLOB_CONTENT, id));
    }

    /** Of a content that is not whole, a bit for each chunk that is in its file. */
    public byte @Nullable [] present(AttachmentId id) {
        return value(Keys.attachment(Keys.BLOB_PRESENT, id));
    }

    private byte @Nullable [] value(byte[] key) {
        try (Snapshot snapshot = storage.snapshot()) {
            byte[] value = snapshot.get(key);
            return value == null
                    ? null
                    : Corruption.read(key, () -> {
                        ByteReader in = behindCommit(value);
                        return in.bytes(in.remaining());
                    });
        }
    }

    private static ByteReader behindCommit(byte[] value) {
        ByteReader in = new ByteReader(value);
        in.varint();
        return in;
    }

    static AttachmentId idOf(byte[] key) {
        return AttachmentId.of(Keys.reader(key).skip(1).bytes(AttachmentId.LENGTH));
    }

    public static SidePut head(AttachmentId id, Head head) {
        return new SidePut(Keys.attachment(Keys.BLOB_HEAD, id), head.encode());
    }

    public static SidePut leaves(AttachmentId id, int page, byte[] hashes) {
        return new SidePut(Keys.leaves(id, page), hashes);
    }

    public static SidePut content(AttachmentId id, byte[] bytes) {
        return new SidePut(Keys.attachment(Keys.BLOB_CONTENT, id), bytes);
    }

    /** Null once it is whole. */
    public static SidePut present(AttachmentId id, byte @Nullable [] bits) {
        return new SidePut(Keys.attachment(Keys.BLOB_PRESENT, id), bits);
    }

    /** Forgets a content with so many pages of hashes. */
    public static List<SidePut> removal(AttachmentId id, int pages) {
        List<SidePut> puts = new ArrayList<>();
        puts.add(new SidePut(Keys.attachment(Keys.BLOB_HEAD, id), null));
        puts.add(new SidePut(Keys.attachment(Keys.BLOB_CONTENT, id), null));
        puts.add(present(id, null));
        for (int page = 0; page < pages; page++) {
            puts.add(new SidePut(Keys.leaves(id, page), null));
        }
        return puts;
    }
}
