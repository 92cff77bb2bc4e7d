package io.ibid.core.store;

import io.ibid.core.index.EntryFormat;
import io.ibid.core.index.SpanRange;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Row;
import io.ibid.core.query.Span;
import io.ibid.core.query.Typing;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The documents that a transaction has written, as an index will have them: as they were when the scan was opened. One thread. */
final class PendingRows extends StandingRows {

    private final Iterator<Found> rows;

    private PendingRows(Iterator<Found> rows) {
        this.rows = rows;
    }

    /** A span of the index as the transaction sees it: what is stored, without the documents that it has written, and these. */
    static FoundRows merged(
            FoundRows stored,
            List<Pending> pendings,
            Transaction transaction,
            IndexShape shape,
            Span span,
            boolean reverse,
            Typing typing) {
        EntryFormat format = transaction.image().indexes().finished(shape).format();
        SpanRange range = format.range(span);
        boolean hideHusks = transaction.settings().reading().hideHusks();
        TreeSet<DocumentId> written = new TreeSet<>();
        TreeMap<byte[], Found> sorted = new TreeMap<>(Arrays::compareUnsigned);
        for (Pending pending : pendings) {
            written.add(pending.key.id());
            Record record = pending.record(transaction.image());
            if (record == null || !record.isVisible(hideHusks)) {
                continue;
            }
            Found found = Found.of(format, record, typing);
            boolean isLeftOut = !shape.includeMissing() && found.values().getFirst() instanceof Value.Missing;
            if (!isLeftOut && range.contains(found.wholeKey())) {
                sorted.put(found.wholeKey(), found);
            }
        }
        Iterator<Found> inOrder =
                (reverse ? sorted.descendingMap() : sorted).values().iterator();
        return new MergedRows(new Unwritten(stored, written), new PendingRows(inOrder), reverse);
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
        private final TreeSet<DocumentId> written;

        Unwritten(FoundRows stored, TreeSet<DocumentId> written) {
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
