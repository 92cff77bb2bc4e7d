package io.ibid;

import org.jspecify.annotations.Nullable;

/** What happens in a fetch: one of the three is not null. */
public abstract sealed class DittoAttachmentFetchEvent {

    private DittoAttachmentFetchEvent() {}

    public @Nullable Progress asProgress() {
        return this instanceof Progress progress ? progress : null;
    }

    public @Nullable Completed asCompleted() {
        return this instanceof Completed completed ? completed : null;
    }

    public @Nullable Deleted asDeleted() {
        return this instanceof Deleted deleted ? deleted : null;
    }

    /** So much of it is here. */
    public static final class Progress extends DittoAttachmentFetchEvent {
        private final DittoULong downloadedBytes;
        private final DittoULong totalBytes;

        Progress(long downloadedBytes, long totalBytes) {
            this.downloadedBytes = DittoULong.of(downloadedBytes);
            this.totalBytes = DittoULong.of(totalBytes);
        }

        public DittoULong getDownloadedBytes() {
            return downloadedBytes;
        }

        public DittoULong getTotalBytes() {
            return totalBytes;
        }
    }

    /** All of it is here. */
    public static final class Completed extends DittoAttachmentFetchEvent {
        private final DittoAttachment attachment;

        Completed(DittoAttachment attachment) {
            this.attachment = attachment;
        }

        /** Whoever gets the event closes it. */
        public DittoAttachment getAttachment() {
            return attachment;
        }
    }

    /** The last document with the token was deleted before the content was here. */
    public static final class Deleted extends DittoAttachmentFetchEvent {
        Deleted() {}
    }
}
