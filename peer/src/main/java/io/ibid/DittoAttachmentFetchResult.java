package io.ibid;

import org.jspecify.annotations.Nullable;

/** How a fetch has ended: one of the two is not null. */
public interface DittoAttachmentFetchResult {

    /** The content is here; null when it was deleted. */
    @Nullable
    Completed asCompleted();

    /** No document has the token any more; null when the content is here. */
    @Nullable
    Deleted asDeleted();

    /** The content is here. */
    final class Completed implements DittoAttachmentFetchResult {
        private final DittoAttachment attachment;

        Completed(DittoAttachment attachment) {
            this.attachment = attachment;
        }

        /** Whoever gets the result closes it. */
        public DittoAttachment getAttachment() {
            return attachment;
        }

        @Override
        public Completed asCompleted() {
            return this;
        }

        @Override
        public @Nullable Deleted asDeleted() {
            return null;
        }
    }

    /** The last document with the token was deleted before the content was here. */
    final class Deleted implements DittoAttachmentFetchResult {
        Deleted() {}

        @Override
        public @Nullable Completed asCompleted() {
            return null;
        }

        @Override
        public Deleted asDeleted() {
            return this;
        }
    }
}
