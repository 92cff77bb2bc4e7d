package io.ibid.peer.runtime;

import io.ibid.core.attachment.Content;
import io.ibid.core.attachment.FetchListener;
import io.ibid.core.env.Logs;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One fetch of an application. What happens is told by a thread of its own, so that a slow observer delays nobody: of the progress the newest
 * at most every 100 ms, then how it ended. Any thread.
 */
public final class FetchTask implements AutoCloseable {
    private static final Logger LOG = Logs.of(FetchTask.class);
    private static final long PROGRESS_EVERY_MS = 100;

    private final Observer observer;
    private final Function<Content, HeldContent> holding;
    private Runnable cancel = () -> {};
    private @Nullable Progress progress;
    private @Nullable Runnable outcome;
    private @Nullable HeldContent held;
    private boolean delivers;
    private boolean closed;

    private record Progress(long bytes, long length) {}

    /** Told how a fetch goes. */
    public interface Observer {
        /** So many bytes are here. */
        void progress(long bytes, long length);

        /** All is here; whoever is told closes it. */
        void completed(HeldContent content);

        /** No document refers to it any more. */
        void deleted();

        /** It cannot come. */
        void failed(Throwable cause);
    }

    FetchTask(Observer observer, Function<Content, HeldContent> holding) {
        this.observer = observer;
        this.holding = holding;
    }

    void onClose(Runnable task) {
        cancel = task;
    }

    FetchListener listener() {
        return new FetchListener() {
            @Override
            public void progress(long bytes, long length) {
                news(new Progress(bytes, length), null);
            }

            @Override
            public void completed(Content content) {
                HeldContent complete = holding.apply(content);
                if (news(null, () -> observer.completed(complete))) {
                    held = complete;
                } else {
                    complete.close();
                }
            }

            @Override
            public void deleted() {
                news(null, observer::deleted);
            }

            @Override
            public void failed(Throwable cause) {
                news(null, () -> observer.failed(cause));
            }
        };
    }

    private synchronized boolean news(@Nullable Progress now, @Nullable Runnable end) {
        if (closed) {
            return false;
        }
        progress = now == null ? progress : now;
        outcome = end == null ? outcome : end;
        notifyAll();
        if (!delivers) {
            delivers = true;
            Thread.ofVirtual().name("ibid-fetch").start(this::deliver);
        }
        return true;
    }

    private void deliver() {
        try {
            while (deliverOne()) {
                pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when there is nothing more to come. */
    private boolean deliverOne() {
        Progress now;
        Runnable end;
        synchronized (this) {
            now = closed || outcome != null ? null : progress;
            end = closed ? null : outcome;
            progress = null;
            closed |= end != null;
            delivers = !closed && now != null;
        }
        if (end != null) {
            tell(end);
        } else if (now != null) {
            tell(() -> observer.progress(now.bytes(), now.length()));
        }
        return end == null && now != null;
    }

    private synchronized void pause() throws InterruptedException {
        long untilNs = System.nanoTime() + PROGRESS_EVERY_MS * 1_000_000;
        for (long leftMs = PROGRESS_EVERY_MS; leftMs > 0 && outcome == null && !closed; ) {
            wait(leftMs);
            leftMs = (untilNs - System.nanoTime()) / 1_000_000;
        }
    }

    private static void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.error("A handler of an attachment's fetch has thrown", e);
        }
    }

    public synchronized boolean isClosed() {
        return closed;
    }

    /** Ends the fetch; the observer is told nothing more. Idempotent. */
    @Override
    public void close() {
        HeldContent untold;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            untold = outcome == null ? null : held;
            notifyAll();
        }
        cancel.run();
        if (untold != null) {
            untold.close();
        }
    }
}
