package io.ibid;

import io.ibid.peer.runtime.FetchTask;
import java.io.Closeable;
import java.io.IOException;

/** A fetch of an attachment that is under way. It goes on until it has ended or is closed, whether or not anybody keeps this object. Thread-safe. */
public final class DittoAttachmentFetcher implements Closeable {
    private final DittoAttachmentToken token;
    private final FetchTask task;
    private final Runnable onStop;

    DittoAttachmentFetcher(DittoAttachmentToken token, FetchTask task, Runnable onStop) {
        this.token = token;
        this.task = task;
        this.onStop = onStop;
    }

    public DittoAttachmentToken getToken() {
        return token;
    }

    /** Whether it was closed or has ended. */
    public boolean isClosed() {
        return task.isClosed();
    }

    /** Ends the fetch. What has come of the content is kept for a while, so that another fetch goes on from there. Idempotent. */
    public void stop() {
        if (!task.isClosed()) {
            task.close();
            onStop.run();
        }
    }

    /** The same as {@link #stop}. */
    @Override
    public void close() throws IOException {
        stop();
    }
}
