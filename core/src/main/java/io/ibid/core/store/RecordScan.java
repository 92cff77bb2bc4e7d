package io.ibid.core.store;

import io.ibid.core.query.Span;
import io.ibid.core.query.Typing;
import org.jspecify.annotations.Nullable;

/** All that a snapshot has of one collection, tombstones and husks included, in the order of ids. Holds the snapshot until closed. One thread. */
public final class RecordScan implements AutoCloseable {
    private final DocumentScan scan;

    RecordScan(Published snapshot, String collection) {
        IdRange all = IdRange.of(snapshot.image().collection(collection), Span.ALL);
        this.scan = new DocumentScan(snapshot, collection, all, false, ReadSettings.SHOWN, Typing.FLEXIBLE);
    }

    /** The next record, or null at the end. */
    public @Nullable Record next() {
        return scan.nextRecord();
    }

    @Override
    public void close() {
        scan.close();
    }
}
