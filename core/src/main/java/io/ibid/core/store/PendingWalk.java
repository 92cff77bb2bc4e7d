package io.ibid.core.store;

import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents of a collection that a transaction has touched, as they were when the walk was opened, in the order of their ids. One thread. */
final class PendingWalk implements AutoCloseable {

    /**
     * One of them.
     *
     * @param base what the store has of it; null for nothing
     * @param record what the transaction has made of it; null: it is gone
     */
    record Written(
            DocumentKey key,
            @Nullable Record base,
            @Nullable Record record) {}

    private final PendingTable table;
    private final Image image;
    private final boolean reverse;
    private final List<Written> kept;
    private final @Nullable Snapshot snapshot;
    private final @Nullable Cursor cursor;
    private int at;
    private @Nullable Written spilled;

    PendingWalk(PendingTable table, Image image, String collection, boolean reverse) {
        this.table = table;
        this.image = image;
        this.reverse = reverse;
        List<Written> inOrder = new ArrayList<>();
        for (Pending pending : table.kept(collection)) {
            inOrder.add(written(pending));
        }
        this.kept = reverse ? inOrder.reversed() : inOrder;
        this.snapshot = table.isSpilled() ? table.spill().open() : null;
        byte[] prefix = Spill.documents(collection);
        this.cursor = snapshot == null ? null : snapshot.scan(prefix, Keys.after(prefix), reverse);
        advance();
    }

    private Written written(Pending pending) {
        return new Written(pending.key, pending.base, pending.record(image));
    }

    private void advance() {
        spilled = cursor != null && cursor.next()
                ? written(table.spilled(Spill.document(cursor.key()), cursor.value()))
                : null;
    }

    /** The next one, or null at the end. */
    @Nullable
    Written next() {
        Written there = spilled;
        Written here = at < kept.size() ? kept.get(at) : null;
        int order = here == null ? -1 : there == null ? 1 : there.key().compareTo(here.key()) * (reverse ? -1 : 1);
        if (order <= 0 && there != null) {
            advance();
        }
        if (order >= 0) {
            at++;
            return here;
        }
        return there;
    }

    /** Whether there is nothing left; it then holds nothing that must be closed. */
    boolean isOver() {
        boolean isOver = spilled == null && at == kept.size();
        if (isOver) {
            close();
        }
        return isOver;
    }

    @Override
    public void close() {
        if (cursor != null) {
            cursor.close();
        }
        if (snapshot != null) {
            snapshot.close();
        }
    }
}
