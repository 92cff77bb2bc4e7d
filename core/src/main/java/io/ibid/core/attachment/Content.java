package io.ibid.core.attachment;

import io.ibid.core.env.Blobs;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.BlobTable;
import java.util.Arrays;

/** Reads a content that is whole here. Any thread; who reads has it pinned. */
public final class Content {
    private final BlobTable table;
    private final Blobs blobs;
    private final AttachmentId id;
    private final BlobTable.Head head;

    Content(BlobTable table, Blobs blobs, AttachmentId id, BlobTable.Head head) {
        this.table = table;
        this.blobs = blobs;
        this.id = id;
        this.head = head;
    }

    public AttachmentId id() {
        return id;
    }

    public long length() {
        return head.length();
    }

    byte[] root() {
        return head.root();
    }

    /**
     * Bytes of the content.
     *
     * @return {@code count} of them, fewer at the end of the content
     * @throws IbidException {@code store/attachment-not-found} when they are gone, {@code store/backend} when they cannot be read
     */
    public byte[] read(long offset, int count) {
        int wanted = (int) Math.clamp(head.length() - offset, 0L, (long) count);
        byte[] bytes;
        if (head.isFile()) {
            bytes = blobs.read(id.toString(), offset, wanted);
        } else {
            byte[] all = table.content(id);
            bytes = all == null ? null : Arrays.copyOfRange(all, (int) offset, (int) offset + wanted);
        }
        if (bytes == null || bytes.length < wanted) {
            throw new IbidException(
                    ErrorCode.STORE_ATTACHMENT_NOT_FOUND,
                    "The content of the attachment " + id + " is " + (bytes == null ? "gone" : "cut short"));
        }
        return bytes;
    }
}
