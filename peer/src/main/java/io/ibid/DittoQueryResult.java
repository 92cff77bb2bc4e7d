package io.ibid;

import io.ibid.core.query.Result;
import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.sdk.PlainValues;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a statement gave. Its items read their content only when asked for it. After {@link #close()} the items are gone; the ids and
 * values that were taken out stay.
 */
public final class DittoQueryResult implements AutoCloseable {
    private final List<DittoQueryResultItem> items;
    private final List<Value> mutatedIds;
    private final Supplier<@Nullable Long> commitId;
    private volatile boolean closed;

    private DittoQueryResult(
            List<DittoQueryResultItem> items, List<Value> mutatedIds, Supplier<@Nullable Long> commitId) {
        this.items = items;
        this.mutatedIds = mutatedIds;
        this.commitId = commitId;
    }

    /** Takes the rows out of an execution, which can be closed then. */
    static DittoQueryResult of(Execution execution) {
        Long commitId = execution.kind().isMutation() ? Long.valueOf(execution.commitId()) : null;
        return new DittoQueryResult(items(execution.rest()), execution.mutatedIds(), () -> commitId);
    }

    /**
     * Takes the rows out of what a statement of a transaction gave.
     *
     * @param commitId has the commit of the transaction once there is one
     */
    static DittoQueryResult of(Result result, AtomicReference<@Nullable Long> commitId) {
        boolean isMutation = result.kind().isMutation();
        return new DittoQueryResult(
                items(result.rest()), result.mutatedIds(), () -> isMutation ? commitId.get() : null);
    }

    private static List<DittoQueryResultItem> items(List<ResultRow> rows) {
        List<DittoQueryResultItem> items = new ArrayList<>(rows.size());
        for (ResultRow row : rows) {
            items.add(new DittoQueryResultItem(row));
        }
        return List.copyOf(items);
    }

    /** The rows, in the order of ORDER BY if there is one. */
    public List<? extends DittoQueryResultItem> getItems() {
        if (closed) {
            throw new DittoClosedException("This result is closed");
        }
        return items;
    }

    /** What the items are made of, and stays when they are closed. */
    List<ResultRow> rows() {
        return getItems().stream().map(DittoQueryResultItem::row).toList();
    }

    /** Of a statement that can write: its commit, or the newest one when it changed nothing. Null for a SELECT, and in a transaction until it has committed. */
    public @Nullable Long getCommitId() {
        return commitId.get();
    }

    /** The same as {@link #getCommitId()}. */
    public @Nullable Long getCommitID() {
        return commitId.get();
    }

    /** The {@code _id} of each document that was written, as plain objects. */
    public List<Object> mutatedDocumentIds() {
        List<Object> ids = new ArrayList<>(mutatedIds.size());
        for (Value id : mutatedIds) {
            Object plain = PlainValues.of(id);
            if (plain == null) {
                throw new AssertionError("a document id is never null");
            }
            ids.add(plain);
        }
        return List.copyOf(ids);
    }

    /** The same as {@link #mutatedDocumentIds()}. */
    public List<Object> getMutatedDocumentIds() {
        return mutatedDocumentIds();
    }

    /** The same as {@link #mutatedDocumentIds()}. */
    public List<Object> mutatedDocumentIDs() {
        return mutatedDocumentIds();
    }

    /** Closes the items too. Idempotent. */
    @Override
    public void close() {
        closed = true;
        items.forEach(DittoQueryResultItem::close);
    }
}
