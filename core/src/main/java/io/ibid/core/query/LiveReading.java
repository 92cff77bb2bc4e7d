package io.ibid.core.query;

import io.ibid.core.value.DocumentId;
import io.ibid.core.value.OrderedKey;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What one live query makes of single documents. Confinement: one thread at a time, because it keeps what it has prepared from one
 * document to the next. Each call may throw an {@link io.ibid.core.error.IbidException}, as running the query over the document would.
 */
public final class LiveReading {
    private final LiveSelect select;
    private final FilterLimits limits = new FilterLimits();
    private final Scope scope;

    LiveReading(LiveSelect select, Scope.Layout layout, Value[] parameters) {
        this.select = select;
        this.scope = new Scope(layout, parameters, limits);
    }

    /** Whether the document meets the condition. */
    public boolean matches(Row row) {
        Compiled condition = select.condition();
        if (condition == null) {
            return true;
        }
        begin(row);
        try {
            return condition.holds(scope);
        } finally {
            scope.releaseMemory();
        }
    }

    /** The values that ORDER BY sorts the document by. */
    public List<Value> keys(Row row) {
        if (select.sortKeys().isEmpty()) {
            return List.of();
        }
        begin(row);
        try {
            List<Value> keys = new ArrayList<>(select.sortKeys().size());
            for (Plan.SortKey key : select.sortKeys()) {
                keys.add(key.key().evaluate(scope));
            }
            return keys;
        } finally {
            scope.releaseMemory();
        }
    }

    /**
     * Roughly where a document stands in the order of the result: where two of these numbers, without sign, differ, the documents stand
     * in that order.
     *
     * @param keys as {@link #keys} gave them
     */
    public long place(DocumentId id, List<Value> keys) {
        if (keys.isEmpty()) {
            return OrderedKey.prefix(id.value());
        }
        long prefix = OrderedKey.prefix(keys.getFirst());
        return select.isDescending(0) ? ~prefix : prefix;
    }

    /** What the query answers for the document. */
    public ResultRow output(Row row) {
        begin(row);
        try {
            return select.projector().project(scope);
        } finally {
            scope.releaseMemory();
        }
    }

    private void begin(Row row) {
        limits.reset();
        scope.rows[0] = row;
    }

    /** Roughly what keeping these takes. */
    public static long memoryBytes(List<Value> keys, ResultRow row) {
        Row document = row.document();
        long bytes = document == null ? Sizes.of(row.value()) : document.memoryBytes();
        for (Value key : keys) {
            bytes += Sizes.of(key);
        }
        return bytes;
    }

    /** A field of a document; the path may begin with {@code _id}. */
    public static Value field(Row row, Path path) {
        return path.key(0).equals("_id") ? Navigation.follow(row.id(), path, 1) : row.field(path);
    }
}
