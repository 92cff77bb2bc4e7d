package io.ibid;

import io.ibid.core.env.Logs;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.AttachmentStore;
import io.ibid.peer.runtime.FetchTask;
import io.ibid.peer.runtime.HeldContent;
import io.ibid.peer.sdk.PlainValues;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The attachments of one database, as both dialects of the store offer them. Thread-safe. */
final class StoreAttachments {
    private static final Logger LOG = Logs.of(StoreAttachments.class);

    private final AttachmentStore store;
    private final Set<DittoAttachmentFetcher> fetchers = ConcurrentHashMap.newKeySet();

    StoreAttachments(AttachmentStore store) {
        this.store = store;
    }

    static Path path(String text) throws DittoException {
        try {
            return Path.of(Objects.requireNonNull(text, "path"));
        } catch (InvalidPathException e) {
            throw DittoException.of("store/attachment-file-not-found", "\"" + text + "\" is no path of a file", e);
        }
    }

    DittoAttachment create(Path file, @Nullable Map<String, ?> metadata) throws DittoException {
        return create(() -> store.add(Objects.requireNonNull(file, "path")), metadata);
    }

    DittoAttachment create(InputStream in, @Nullable Map<String, ?> metadata) throws DittoException {
        DittoAttachment attachment = create(() -> store.add(Objects.requireNonNull(in, "stream")), metadata);
        try {
            in.close();
        } catch (IOException e) {
            LOG.warn("The stream of the attachment {} does not close: {}", attachment.getId(), e.getMessage());
        }
        return attachment;
    }

    private static DittoAttachment create(Supplier<HeldContent> adding, @Nullable Map<String, ?> metadata)
            throws DittoException {
        try {
            Value.Struct noted = texts(metadata);
            HeldContent content = adding.get();
            return new DittoAttachment(content, DittoAttachmentToken.of(content.id(), content.length(), noted));
        } catch (IbidException e) {
            throw DittoException.of(e);
        }
    }

    private static Value.Struct texts(@Nullable Map<String, ?> metadata) throws DittoException {
        Value.Struct fields = PlainValues.arguments(metadata);
        for (int i = 0; i < fields.size(); i++) {
            if (!(fields.value(i) instanceof Value.Text)) {
                throw DittoException.of(
                        "validation/type-mismatch",
                        "the metadata of an attachment are texts; \"" + fields.name(i) + "\" is none",
                        null);
            }
        }
        return fields;
    }

    /** Those under way. */
    Set<DittoAttachmentFetcher> fetchers() {
        fetchers.removeIf(DittoAttachmentFetcher::isClosed);
        return Set.copyOf(fetchers);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what ends the wait does not fail
    CompletableFuture<DittoAttachmentFetchResult> fetch(
            DittoAttachmentToken token, @Nullable DittoAttachmentFetchProgressHandler progress) {
        CompletableFuture<DittoAttachmentFetchResult> stage = new CompletableFuture<>();
        FetchTask.Observer observer = new FetchTask.Observer() {
            @Override
            public void progress(long bytes, long length) {
                if (progress != null) {
                    progress.onProgress(DittoULong.of(bytes), DittoULong.of(length));
                }
            }

            @Override
            public void completed(HeldContent content) {
                DittoAttachment attachment = new DittoAttachment(content, token);
                if (!stage.complete(new DittoAttachmentFetchResult.Completed(attachment))) {
                    attachment.close();
                }
            }

            @Override
            public void deleted() {
                stage.complete(new DittoAttachmentFetchResult.Deleted());
            }

            @Override
            public void failed(Throwable cause) {
                stage.completeExceptionally(cause instanceof IbidException known ? DittoException.of(known) : cause);
            }
        };
        try {
            DittoAttachmentFetcher fetcher = start(
                    token,
                    observer,
                    () -> stage.completeExceptionally(DittoException.of(
                            "store/failed-to-fetch-attachment",
                            "The fetch of the attachment " + token.getId() + " was closed",
                            null)));
            stage.whenComplete((result, failure) -> {
                if (stage.isCancelled()) {
                    fetcher.stop();
                }
                fetchers.remove(fetcher);
            });
        } catch (DittoException e) {
            stage.completeExceptionally(e);
        }
        return stage;
    }

    DittoAttachmentFetcher fetch(DittoAttachmentToken token, DittoAttachmentFetchEventHandler handler)
            throws DittoException {
        Objects.requireNonNull(handler, "handler");
        FetchTask.Observer observer = new FetchTask.Observer() {
            @Override
            public void progress(long bytes, long length) {
                handler.onFetchEvent(new DittoAttachmentFetchEvent.Progress(bytes, length));
            }

            @Override
            public void completed(HeldContent content) {
                handler.onFetchEvent(new DittoAttachmentFetchEvent.Completed(new DittoAttachment(content, token)));
            }

            @Override
            public void deleted() {
                handler.onFetchEvent(new DittoAttachmentFetchEvent.Deleted());
            }

            @Override
            public void failed(Throwable cause) {
                LOG.error("The fetch of the attachment {} has ended: {}", token.getId(), cause.getMessage());
            }
        };
        return start(token, observer, () -> {});
    }

    private DittoAttachmentFetcher start(DittoAttachmentToken token, FetchTask.Observer observer, Runnable onStop)
            throws DittoException {
        try {
            FetchTask task = store.fetch(token.id(), token.length(), observer);
            DittoAttachmentFetcher[] self = new DittoAttachmentFetcher[1];
            DittoAttachmentFetcher fetcher = new DittoAttachmentFetcher(token, task, () -> {
                fetchers.remove(self[0]);
                onStop.run();
            });
            self[0] = fetcher;
            fetchers.add(fetcher);
            return fetcher;
        } catch (IbidException e) {
            throw DittoException.of(e);
        }
    }
}
