package io.ibid.core.store;

import io.ibid.core.query.Row;
import io.ibid.core.query.Rows;
import io.ibid.core.query.Typing;
import io.ibid.core.storage.Cursor;
import org.jspecify.annotations.Nullable;

/** The visible documents of a collection, or of a range of it, in the order of their ids or backwards. Holds the snapshot until closed. One thread. */
final class DocumentScan implements Rows {

    private final Published snapshot;
    private final String collection;
    private final ReadSettings settings;
    private final Typing typing;
    private final int idAt;
    private final @Nullable Cursor cursor;
    private boolean closed;

    DocumentScan(
            Published snapshot,
            String collection,
            IdRange range,
            boolean reverse,
            ReadSettings settings,
            Typing typing) {
        this.snapshot = snapshot.acquire();
        this.collection = collection;
        this.settings = settings;
        this.typing = typing;
        this.idAt = range.idAt();
        this.cursor = range.isEmpty() || snapshot.image().collection(collection) == 0
                ? null
                : snapshot.image().snapshot().scan(range.from(), range.to(), reverse);
    }

    @Override
    public @Nullable Row next() {
        Record record = nextRecord();
        while (record != null && !record.isVisible(settings.hideHusks())) {
            record = nextRecord();
        }
        return record == null ? null : record.row(typing);
    }

    /** The next record, tombstones and husks included. */
    @Nullable
    Record nextRecord() {
        if (closed || cursor == null || !cursor.next()) {
            return null;
        }
        return Record.read(snapshot.image(), cursor.key(), collection, idAt, null, cursor.value());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (cursor != null) {
                cursor.close();
            }
            snapshot.close();
        }
    }
}
