package io.ibid.core.attachment;

import io.ibid.core.env.Blobs;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.BlobTable;
import io.ibid.core.store.SidePut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a content in, piece by piece: hashes each chunk as it is full and writes it to a file, or keeps it while the content is small.
 * Holds one chunk or a small content in memory, whatever the length. One thread; {@link Attachments#add} makes of it an attachment.
 */
public final class Upload implements AutoCloseable {
    private final Blobs blobs;
    private final TreeHash hash = new TreeHash();
    private final List<byte[]> pages = new ArrayList<>();
    private byte[] page = new byte[0];
    private byte[] pending = new byte[Shape.CHUNK_BYTES];
    private int pendingBytes;
    private int pageBytes;
    private long length;
    private Blobs.@Nullable Writing file;
    private @Nullable AttachmentId id;
    private byte[] root = new byte[0];

    public Upload(Blobs blobs) {
        this.blobs = blobs;
    }

    /**
     * The next bytes.
     *
     * @throws IbidException {@code store/failed-to-create-attachment} when it becomes too long, {@code store/backend} when they
     *     cannot be written
     */
    public void write(byte[] bytes, int offset, int count) {
        if (length + count > Shape.LENGTH_MAX) {
            throw new IbidException(
                    ErrorCode.STORE_FAILED_TO_CREATE_ATTACHMENT,
                    "An attachment has at most " + Shape.LENGTH_MAX + " bytes");
        }
        int at = offset;
        int left = count;
        while (left > 0) {
            int capacity = pending.length - pendingBytes;
            if (capacity == 0) {
                grow();
                continue;
            }
            int taken = Math.min(left, Math.min(capacity, chunkLeft()));
            System.arraycopy(bytes, at, pending, pendingBytes, taken);
            pendingBytes += taken;
            length += taken;
            at += taken;
            left -= taken;
            if (length % Shape.CHUNK_BYTES == 0) {
                chunk(Shape.CHUNK_BYTES);
            }
        }
    }

    /** Bytes that the chunk still takes which is being filled. */
    private int chunkLeft() {
        return Shape.CHUNK_BYTES - (int) (length % Shape.CHUNK_BYTES);
    }

    /** What is in memory does not suffice: a small content may go on there, a large one becomes a file. */
    private void grow() {
        if (pending.length < BlobTable.CONTENT_BYTES_MAX) {
            pending = Arrays.copyOf(pending, pending.length * 2);
            return;
        }
        file = blobs.append();
        file.write(pending, 0, pendingBytes);
        pending = new byte[Shape.CHUNK_BYTES];
        pendingBytes = 0;
    }

    private void chunk(int bytes) {
        if (pageBytes == page.length) {
            page = Arrays.copyOf(
                    page, Math.clamp(page.length * 2L, 8 * TreeHash.BYTES, Shape.PAGE_LEAVES * TreeHash.BYTES));
        }
        System.arraycopy(hash.leaf(pending, pendingBytes - bytes, bytes), 0, page, pageBytes, TreeHash.BYTES);
        pageBytes += TreeHash.BYTES;
        if (pageBytes == Shape.PAGE_LEAVES * TreeHash.BYTES) {
            page();
        }
        Blobs.Writing writing = file;
        if (writing != null) {
            writing.write(pending, 0, pendingBytes);
            pendingBytes = 0;
        }
    }

    private void page() {
        pages.add(Arrays.copyOf(page, pageBytes));
        pageBytes = 0;
    }

    /** The content ends here. */
    public AttachmentId finish() {
        int rest = (int) (length % Shape.CHUNK_BYTES);
        if (rest > 0) {
            chunk(rest);
        }
        if (pageBytes > 0) {
            page();
        }
        byte[] nodes = new byte[pages.size() * TreeHash.BYTES];
        for (int i = 0; i < pages.size(); i++) {
            System.arraycopy(hash.root(pages.get(i)), 0, nodes, i * TreeHash.BYTES, TreeHash.BYTES);
        }
        root = hash.root(nodes);
        id = AttachmentId.ofContent(root, length);
        return id;
    }

    AttachmentId id() {
        AttachmentId known = id;
        if (known == null) {
            throw new AssertionError("the content has not ended");
        }
        return known;
    }

    public long length() {
        return length;
    }

    /** Makes the file durable, if there is one. Blocks. */
    void store() {
        Blobs.Writing writing = file;
        if (writing != null) {
            writing.finish(id().toString());
        }
    }

    /** What the store is to know of it. */
    List<SidePut> puts() {
        List<SidePut> puts = new ArrayList<>();
        puts.add(BlobTable.head(id(), new BlobTable.Head(length, root, true)));
        puts.add(BlobTable.present(id(), null));
        for (int i = 0; i < pages.size(); i++) {
            puts.add(BlobTable.leaves(id(), i, pages.get(i)));
        }
        if (file == null) {
            puts.add(BlobTable.content(id(), Arrays.copyOf(pending, pendingBytes)));
        }
        return puts;
    }

    /** Discards what has not become an attachment. Idempotent. */
    @Override
    public void close() {
        Blobs.Writing writing = file;
        if (writing != null) {
            writing.close();
        }
    }
}
