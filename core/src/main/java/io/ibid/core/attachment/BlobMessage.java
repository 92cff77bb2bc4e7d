package io.ibid.core.attachment;

import io.ibid.core.store.AttachmentId;
import io.ibid.core.store.DocumentKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What two peers say to each other about the contents of attachments. Arrays belong to the message. */
sealed interface BlobMessage {

    AttachmentId id();

    /**
     * I want this content: tell me what you have of it, now and later.
     *
     * @param ttl how many hops further it may be looked for
     * @param reference a document in which the sender has found the token, for those who check permissions
     */
    record Want(AttachmentId id, int ttl, @Nullable DocumentKey reference) implements BlobMessage {}

    /** I do not want it any more. */
    record Drop(AttachmentId id) implements BlobMessage {}

    /** Nothing of it can be had here, for the time being. */
    record None(AttachmentId id) implements BlobMessage {}

    /**
     * These chunks can be had here, and the hashes of all.
     *
     * @param ranges null: all chunks
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Have(
            AttachmentId id,
            long length,
            byte[] root,
            @Nullable List<Range> ranges) implements BlobMessage {}

    /** Send me a page of the chunks' hashes. */
    record AskHashes(AttachmentId id, int page) implements BlobMessage {}

    /**
     * A page of hashes.
     *
     * @param path what proves it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Hashes(AttachmentId id, int page, byte[] hashes, byte[] path) implements BlobMessage {}

    /** Send me these chunks. Each is a credit for as many bytes: nothing else is sent. */
    record Ask(AttachmentId id, Range chunks) implements BlobMessage {}

    /** A piece of a chunk; the pieces of one chunk come in order. */
    @SuppressWarnings("ArrayRecordComponent")
    record Data(AttachmentId id, int chunk, int offset, byte[] bytes) implements BlobMessage {}

    /** Chunks one after the other; at least one. */
    record Range(int from, int count) {}
}
