package io.ibid.peer.runtime;

import io.ibid.core.attachment.Attachments;
import io.ibid.core.attachment.Content;
import io.ibid.core.attachment.FetchListener;
import io.ibid.core.attachment.Upload;
import io.ibid.core.database.Database;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.store.AttachmentId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The contents of attachments of one open database. Calls that take or give bytes block, and hold no more than a chunk of them; any thread
 * but the loop's.
 */
public final class AttachmentStore {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Database database;
    private final Loop loop;
    private final InFlight calls;
    private final Supplier<IbidException> closed;
    private final Runnable refuseNesting;
    private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();

    AttachmentStore(
            Database database, Loop loop, InFlight calls, Supplier<IbidException> closed, Runnable refuseNesting) {
        this.database = database;
        this.loop = loop;
        this.calls = calls;
        this.closed = closed;
        this.refuseNesting = refuseNesting;
    }

    /**
     * Takes in the content of a file.
     *
     * @throws IbidException {@code store/attachment-file-not-found} or {@code store/attachment-file-permission-denied}, naming the
     *     file, and as {@link #add(InputStream)}
     */
    public HeldContent add(Path file) {
        if (Files.isDirectory(file)) {
            throw notFound(file, "is a directory", null);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return add(in);
        } catch (NoSuchFileException e) {
            throw notFound(file, "does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IbidException(
                    ErrorCode.STORE_ATTACHMENT_FILE_PERMISSION_DENIED, "The file " + file + " may not be read", e);
        } catch (IOException e) {
            throw failed(file + " cannot be read", e);
        }
    }

    private static IbidException notFound(Path file, String what, @Nullable Throwable cause) {
        return new IbidException(ErrorCode.STORE_ATTACHMENT_FILE_NOT_FOUND, "The file " + file + " " + what, cause);
    }

    private static IbidException failed(String what, Throwable cause) {
        return new IbidException(ErrorCode.STORE_FAILED_TO_CREATE_ATTACHMENT, what + ": " + cause.getMessage(), cause);
    }

    /**
     * Takes in what the stream still gives; it is not closed. The content is durable when this returns, and stays as long as the result is
     * open or a document has its token. What is here already is not kept twice.
     *
     * @throws IbidException {@code store/failed-to-create-attachment} when the stream or the disk fails, and nothing is left behind then;
     *     {@code query/execution} in the callback of a transaction that may write
     */
    public HeldContent add(InputStream in) {
        refuseNesting.run();
        calls.enter(closed);
        try (Upload upload = database.attachments().upload()) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                upload.write(buffer, 0, count);
                if (calls.isClosed()) {
                    throw closed.get();
                }
            }
            upload.finish();
            Attachments.Added added = await(done -> database.attachments().add(upload, done::complete));
            return switch (added) {
                case Attachments.Added.Kept(Content content) -> held(content);
                case Attachments.Added.Failed(Throwable cause) -> throw failed("The attachment cannot be kept", cause);
            };
        } catch (IOException e) {
            throw failed("The content of the attachment cannot be read", e);
        } catch (IbidException e) {
            throw e.code() == ErrorCode.STORE_BACKEND ? failed("The attachment cannot be kept", e) : e;
        } finally {
            calls.exit();
        }
    }

    @SuppressWarnings("CollectionUndefinedEquality") // the futures are told apart by what they are
    private <T> T await(Consumer<CompletableFuture<T>> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        waiting.add(done);
        loop.execute(() -> task.accept(done));
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IbidException known ? known : e;
        } finally {
            waiting.remove(done);
        }
    }

    /** The content, if all of it is here. */
    public Optional<HeldContent> find(AttachmentId id) {
        calls.enter(closed);
        try {
            return this.<Optional<Content>>await(done -> done.complete(
                            Optional.ofNullable(database.attachments().find(id))))
                    .map(this::held);
        } finally {
            calls.exit();
        }
    }

    private HeldContent held(Content content) {
        return new HeldContent(content, this);
    }

    void checkOpen() {
        if (calls.isClosed()) {
            throw closed.get();
        }
    }

    void pin(AttachmentId id) {
        loop.execute(() -> database.attachments().pin(id));
    }

    void unpin(AttachmentId id) {
        loop.execute(() -> database.attachments().unpin(id));
    }

    /**
     * Wants a content to be here. The observer is told on a thread of its own, one thing at a time.
     *
     * @param length what the token says
     * @return closing it ends the fetch without another word
     */
    public FetchTask fetch(AttachmentId id, long length, FetchTask.Observer observer) {
        checkOpen();
        FetchTask task = new FetchTask(observer, this::held);
        FetchListener listener = task.listener();
        task.onClose(() -> loop.execute(() -> database.attachments().cancel(id, listener)));
        loop.execute(() -> database.attachments().fetch(id, length, listener));
        return task;
    }

    /** The database closes: whoever waits is told. */
    void close() {
        IbidException cause = closed.get();
        loop.execute(() -> database.attachments().close(cause));
        waiting.forEach(done -> done.completeExceptionally(cause));
    }
}
