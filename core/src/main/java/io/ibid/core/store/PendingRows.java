package io.ibid.core.store;

import io.ibid.core.index.SpanRange;
import io.ibid.core.query.Row;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.SortedSet;

/** The documents that a transaction has written, as an index will have them: as they were when the scan was opened. One thread. */
final class PendingRows extends StandingRows {

    private final Iterator<Found> rows;

    private PendingRows(Iterator<Found> rows) {
        this.rows = rows;
    }

    /** A span of the index as the transaction sees it: what is stored, without the documents that it has written, and these. */
    static FoundRows merged(FoundRows stored, PendingEntries pendings, SpanRange range, boolean reverse) {
        NavigableMap<byte[], Found> inSpan = range.part(pendings.sorted());
        Iterator<Found> inOrder =
                (reverse ? inSpan.descendingMap() : inSpan).values().iterator();
        return new MergedRows(new Unwritten(stored, pendings.written()), new PendingRows(inOrder), reverse);
    }

    @Override
    public boolean next() {
        if (!rows.hasNext()) {
            return false;
        }
        standOn(rows.next());
        return true;
    }

    @Override
    public void close() {}

    /** What is stored, without what the transaction has written. */
    private static final class Unwritten implements FoundRows {
        private final FoundRows stored;
        private final SortedSet<DocumentId> written;

        Unwritten(FoundRows stored, SortedSet<DocumentId> written) {
            this.stored = stored;
            this.written = written;
        }

        @Override
        public boolean next() {
            while (stored.next()) {
                if (!written.contains(stored.id())) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public byte[] wholeKey() {
            return stored.wholeKey();
        }

        @Override
        public Value key(int i) {
            return stored.key(i);
        }

        @Override
        public DocumentId id() {
            return stored.id();
        }

        @Override
        public Row row() {
            return stored.row();
        }

        @Override
        public void close() {
            stored.close();
        }
    }
}
