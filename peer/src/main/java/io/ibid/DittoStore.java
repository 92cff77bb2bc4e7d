package io.ibid;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.sdk.PlainValues;
import io.ibid.peer.sdk.Stages;
import io.ibid.peer.sdk.StatementWarnings;
import io.ibid.serialization.DittoCborSerializable;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The local store. Statements run in the order in which they were given; their stages complete after the result is durable and visible,
 * on threads of their own, and fail with a {@link DittoException}. Nothing here waits for other peers: observe what arrives later.
 */
public final class DittoStore implements DittoQueryExecuting {
    private final OpenDatabase database;
    private final Stages stages;
    private final StoreObservers observers;
    private final StoreAttachments attachments;
    private final StatementWarnings warnings = new StatementWarnings();
    private final StoreTransactions transactions;

    DittoStore(OpenDatabase database, Stages stages) {
        this.database = database;
        this.stages = stages;
        this.observers = new StoreObservers(database);
        this.transactions = new StoreTransactions(database, stages, warnings);
        this.attachments = new StoreAttachments(database.attachments());
    }

    @Override
    public CompletionStage<Void> execute(String query) {
        return execute(query, (Map<String, ?>) null);
    }

    @Override
    public CompletionStage<Void> execute(String query, DittoCborSerializable.@Nullable Dictionary arguments) {
        return execute(query, (Map<String, ?>) arguments);
    }

    /** Runs a statement and drops its result. */
    @SuppressWarnings("NullAway") // Void has no other value
    public CompletionStage<Void> execute(String query, @Nullable Map<String, ?> arguments) {
        return submit(query, arguments, result -> {
            result.close();
            return null;
        });
    }

    /** Runs a statement with the properties of a record or bean as arguments, and drops its result. */
    public CompletionStage<Void> execute(String query, Object arguments) {
        return withArguments(arguments, values -> execute(query, values));
    }

    public <R> CompletionStage<R> execute(String query, DittoQueryResultHandler<R> handler) {
        return handled(query, null, handler);
    }

    public <R> CompletionStage<R> execute(
            String query, DittoCborSerializable.@Nullable Dictionary arguments, DittoQueryResultHandler<R> handler) {
        return handled(query, arguments, handler);
    }

    /** Runs a statement and completes with what the handler makes of its result, which is closed then. */
    public <R> CompletionStage<R> execute(
            String query, @Nullable Map<String, ?> arguments, DittoQueryResultHandler<R> handler) {
        return handled(query, arguments, handler);
    }

    private <R> CompletionStage<R> handled(
            String query, @Nullable Map<String, ?> arguments, DittoQueryResultHandler<R> handler) {
        Objects.requireNonNull(handler, "handler");
        return submit(query, arguments, result -> {
            try (result) {
                return handler.onResult(result);
            }
        });
    }

    public CompletionStage<DittoQueryResult> executeRaw(String query) {
        return executeRaw(query, (Map<String, ?>) null);
    }

    public CompletionStage<DittoQueryResult> executeRaw(
            String query, DittoCborSerializable.@Nullable Dictionary arguments) {
        return executeRaw(query, (Map<String, ?>) arguments);
    }

    /** Runs a statement; who gets the result closes it. */
    public CompletionStage<DittoQueryResult> executeRaw(String query, @Nullable Map<String, ?> arguments) {
        return submit(query, arguments, result -> result);
    }

    /** Runs a statement with the properties of a record or bean as arguments; who gets the result closes it. */
    public CompletionStage<DittoQueryResult> executeRaw(String query, Object arguments) {
        return withArguments(arguments, values -> executeRaw(query, values));
    }

    private static <R> CompletionStage<R> withArguments(
            Object arguments, Function<DittoCborSerializable.Dictionary, CompletionStage<R>> statement) {
        Objects.requireNonNull(arguments, "arguments");
        try {
            if (DittoCborSerializable.from(arguments) instanceof DittoCborSerializable.Dictionary values) {
                return statement.apply(values);
            }
            return CompletableFuture.failedFuture(DittoException.of(
                    ErrorCode.QUERY_ARGUMENTS_INVALID.text(),
                    "Invalid arguments: they have to be an object, not "
                            + arguments.getClass().getName(),
                    null));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(
                    DittoException.of(ErrorCode.QUERY_ARGUMENTS_INVALID.text(), String.valueOf(e.getMessage()), e));
        }
    }

    private <R> CompletableFuture<R> submit(
            String query, @Nullable Map<String, ?> arguments, Stages.Continuation<DittoQueryResult, R> then) {
        Objects.requireNonNull(query, "query");
        if (database.isPartOfTransaction()) {
            // The transaction may hold up the others; what would wait for its end is refused.
            return stages.submitBeside(() -> database.asPartOfTransaction(() -> executeNow(query, arguments)), then);
        }
        return isAboutSystem(query)
                ? stages.submitHere(() -> executeNow(query, arguments), then)
                : stages.submit(() -> executeNow(query, arguments), then);
    }

    /** Parameters are in force when the call returns, so that nothing that comes behind it escapes them. */
    private static boolean isAboutSystem(String query) {
        String text = query.stripLeading();
        return text.regionMatches(true, 0, "ALTER", 0, 5) || text.regionMatches(true, 0, "SHOW", 0, 4);
    }

    /** In the calling thread. */
    DittoQueryResult executeNow(String query, @Nullable Map<String, ?> arguments) throws DittoException {
        try (Execution execution = database.execute(query, PlainValues.arguments(arguments), ExecuteOptions.STANDARD)) {
            DittoQueryResult result = DittoQueryResult.of(execution);
            warnings.tell(query, execution.warnings());
            return result;
        } catch (IbidException e) {
            throw DittoException.of(e);
        }
    }

    /** {@link #transaction(String, boolean, DittoTransactionFunction)} that may write and has no hint. */
    public <T> CompletionStage<DittoTransaction.Result<T>> transaction(DittoTransactionFunction<T> function) {
        return transactions.run(null, false, function);
    }

    /** {@link #transaction(String, boolean, DittoTransactionFunction)} that may write. */
    public <T> CompletionStage<DittoTransaction.Result<T>> transaction(
            @Nullable String hint, DittoTransactionFunction<T> function) {
        return transactions.run(hint, false, function);
    }

    /**
     * Runs statements that count together or not at all. One transaction at a time may write, the others wait in the order in which they
     * came; those that only read run beside it, on the newest state. The stage completes after the commit is durable and visible.
     *
     * <p>It fails with what the function throws or its stage fails with, with {@code store/transaction-timeout} when a transaction that may
     * write executes nothing for {@code transaction_idle_timeout_seconds}, with {@code query/execution} for a transaction that may write
     * inside another one, and so does a mutation that goes to the store instead of the transaction.
     *
     * @param hint how the log calls it when it takes long
     * @param isReadOnly whether mutations are refused in it
     */
    public <T> CompletionStage<DittoTransaction.Result<T>> transaction(
            @Nullable String hint, boolean isReadOnly, DittoTransactionFunction<T> function) {
        return transactions.run(hint, isReadOnly, function);
    }

    /**
     * The values that concurrent writes of several peers have left in one field, what a SELECT shows first. One element when nobody
     * disagrees, none when the document or the field does not exist. A write to the field settles it.
     *
     * @param documentId the {@code _id}: text, an integer, a boolean, a list or a map
     * @param path the names from the document's top down to the field
     */
    public CompletionStage<List<DittoCborSerializable>> siblings(String collection, Object documentId, String... path) {
        Objects.requireNonNull(collection, "collection");
        Objects.requireNonNull(documentId, "documentId");
        String[] names = path.clone();
        return stages.submit(
                () -> {
                    try {
                        DocumentKey document =
                                new DocumentKey(collection, DocumentId.of(PlainValues.valueOf(documentId)));
                        return database.siblings(document, Path.of(names));
                    } catch (IbidException e) {
                        throw DittoException.of(e);
                    }
                },
                values -> values.stream().map(Values::wrapped).toList());
    }

    void abortTransactions() {
        transactions.abort();
    }

    public DittoStoreObserver registerObserver(String query, DittoChangeListener listener) throws DittoException {
        return observers.add(query, null, listener);
    }

    public DittoStoreObserver registerObserver(
            String query, DittoCborSerializable.@Nullable Dictionary arguments, DittoChangeListener listener)
            throws DittoException {
        return observers.add(query, arguments, listener);
    }

    /**
     * Calls the listener with the current result soon, and with the newest one after each commit that changes it, local or from
     * another peer: one call at a time, never on the caller's thread, intermediate states left out when the listener is slow.
     */
    public DittoStoreObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListener listener) throws DittoException {
        return observers.add(query, arguments, listener);
    }

    public DittoStoreObserver registerObserver(String query, DittoChangeListenerWithNextSignal listener)
            throws DittoException {
        return observers.addWithSignal(query, null, listener);
    }

    public DittoStoreObserver registerObserver(
            String query,
            DittoCborSerializable.@Nullable Dictionary arguments,
            DittoChangeListenerWithNextSignal listener)
            throws DittoException {
        return observers.addWithSignal(query, arguments, listener);
    }

    /** Likewise, but after a call the next one waits until the listener asks for it. */
    public DittoStoreObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListenerWithNextSignal listener)
            throws DittoException {
        return observers.addWithSignal(query, arguments, listener);
    }

    public DittoStoreObserver registerObserver(String query, DittoChangeListenerWithDiff listener)
            throws DittoException {
        return observers.addWithDiff(query, null, listener);
    }

    public DittoStoreObserver registerObserver(
            String query, DittoCborSerializable.@Nullable Dictionary arguments, DittoChangeListenerWithDiff listener)
            throws DittoException {
        return observers.addWithDiff(query, arguments, listener);
    }

    /** Likewise, with how each result differs from the one that the listener was given before. */
    public DittoStoreObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListenerWithDiff listener)
            throws DittoException {
        return observers.addWithDiff(query, arguments, listener);
    }

    public DittoStoreObserver registerObserver(String query, DittoChangeListenerWithDiffAndNextSignal listener)
            throws DittoException {
        return observers.addWithDiffAndSignal(query, null, listener);
    }

    public DittoStoreObserver registerObserver(
            String query,
            DittoCborSerializable.@Nullable Dictionary arguments,
            DittoChangeListenerWithDiffAndNextSignal listener)
            throws DittoException {
        return observers.addWithDiffAndSignal(query, arguments, listener);
    }

    /** Likewise, with the difference and with the signal. */
    public DittoStoreObserver registerObserver(
            String query, @Nullable Map<String, ?> arguments, DittoChangeListenerWithDiffAndNextSignal listener)
            throws DittoException {
        return observers.addWithDiffAndSignal(query, arguments, listener);
    }

    public <R> Flow.Publisher<R> observe(String query, DittoQueryResultHandler<R> transform) {
        return observers.publisher(query, null, transform);
    }

    public <R> Flow.Publisher<R> observe(
            String query, DittoCborSerializable.@Nullable Dictionary arguments, DittoQueryResultHandler<R> transform) {
        return observers.publisher(query, arguments, transform);
    }

    /**
     * The results of a query as a reactive stream: what the function makes of each. Every subscriber has an observer of its own and is
     * given the newest result when it has asked for one; a query that cannot be observed is an error of the stream.
     */
    public <R> Flow.Publisher<R> observe(
            String query, @Nullable Map<String, ?> arguments, DittoQueryResultHandler<R> transform) {
        return observers.publisher(query, arguments, transform);
    }

    public CompletionStage<DittoAttachment> newAttachment(InputStream content) {
        return newAttachment(content, null);
    }

    /**
     * Takes in what the stream gives, and closes it. When the stage is complete the content is on disk; it stays as long as the attachment is
     * open or a document has its token. The metadata are texts.
     */
    public CompletionStage<DittoAttachment> newAttachment(
            InputStream content, DittoCborSerializable.@Nullable Dictionary metadata) {
        Objects.requireNonNull(content, "content");
        return stages.beside(() -> attachments.create(content, metadata));
    }

    public CompletionStage<DittoAttachment> newAttachment(String path) {
        return newAttachment(path, null);
    }

    /** Takes in a copy of the file; fails with {@code store/attachment-file-not-found} and its like. */
    public CompletionStage<DittoAttachment> newAttachment(
            String path, DittoCborSerializable.@Nullable Dictionary metadata) {
        Objects.requireNonNull(path, "path");
        return stages.beside(() -> attachments.create(StoreAttachments.path(path), metadata));
    }

    public CompletionStage<DittoAttachment> newAttachment(java.nio.file.Path path) {
        return newAttachment(path, null);
    }

    /** {@link #newAttachment(String, DittoCborSerializable.Dictionary)}. */
    public CompletionStage<DittoAttachment> newAttachment(
            java.nio.file.Path path, DittoCborSerializable.@Nullable Dictionary metadata) {
        Objects.requireNonNull(path, "path");
        return stages.beside(() -> attachments.create(path, metadata));
    }

    public CompletionStage<DittoAttachmentFetchResult> fetchAttachment(DittoAttachmentToken token) {
        return fetchAttachment(token, null);
    }

    /**
     * Brings the content of a token here, from whichever peer has it, however long that takes. Cancelling the stage's future ends the fetch.
     */
    public CompletionStage<DittoAttachmentFetchResult> fetchAttachment(
            DittoAttachmentToken token, @Nullable DittoAttachmentFetchProgressHandler progress) {
        Objects.requireNonNull(token, "token");
        return attachments.fetch(token, progress);
    }

    public CompletionStage<DittoAttachmentFetchResult> fetchAttachment(Map<String, ?> token) {
        return fetchAttachment(token, null);
    }

    /** Likewise, with the token as a document holds it. */
    public CompletionStage<DittoAttachmentFetchResult> fetchAttachment(
            Map<String, ?> token, @Nullable DittoAttachmentFetchProgressHandler progress) {
        Objects.requireNonNull(token, "token");
        try {
            return attachments.fetch(DittoAttachmentToken.of(token), progress);
        } catch (DittoException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The fetches under way at this moment. */
    public Set<? extends DittoAttachmentFetcher> getAttachmentFetchers() {
        return attachments.fetchers();
    }

    StoreAttachments attachments() {
        return attachments;
    }

    /** The active observers at this moment. */
    public Set<? extends DittoStoreObserver> getObservers() {
        return Set.copyOf(observers.active());
    }

    Set<DittoStoreObserver> liveObservers() {
        return observers.active();
    }

    void closeObservers() {
        observers.close();
    }
}
