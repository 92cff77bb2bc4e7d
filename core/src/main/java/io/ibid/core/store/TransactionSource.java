package io.ibid.core.store;

import io.ibid.core.index.EntryFormat;
import io.ibid.core.query.IndexCatalogue;
import io.ibid.core.query.IndexRows;
import io.ibid.core.query.IndexShape;
import io.ibid.core.query.Row;
import io.ibid.core.query.Rows;
import io.ibid.core.query.Source;
import io.ibid.core.query.Span;
import io.ibid.core.query.Typing;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the statements of a transaction read: the head, with the transaction's own writes. Turn holder. */
final class TransactionSource implements Source {

    private final Transaction transaction;
    private final SnapshotSource base;

    TransactionSource(Transaction transaction, SnapshotSource base) {
        this.transaction = transaction;
        this.base = base;
    }

    private boolean hideHusks() {
        return transaction.settings().reading().hideHusks();
    }

    @Override
    public Rows scan(String collection, Span ids, boolean reverse, Typing typing) {
        IdRange range = base.range(collection, ids);
        PendingWalk written = transaction.pendings(collection, reverse);
        DocumentScan stored = new DocumentScan(
                base.snapshot(),
                collection,
                range,
                reverse,
                transaction.settings().reading(),
                typing);
        return written.isOver() ? stored : new Merged(stored, written, range, reverse, typing);
    }

    @Override
    public long estimate(String collection, Span ids) {
        return base.estimate(collection, ids);
    }

    @Override
    public @Nullable Row find(String collection, DocumentId id, Typing typing) {
        Pending pending = transaction.pending(new DocumentKey(collection, id));
        if (pending == null) {
            return base.find(collection, id, typing);
        }
        Record record = pending.record(transaction.image());
        return record == null || !record.isVisible(hideHusks()) ? null : record.row(typing);
    }

    @Override
    public long count(String collection) {
        long count = base.count(collection);
        try (PendingWalk written = transaction.pendings(collection, false)) {
            for (PendingWalk.Written one = written.next(); one != null; one = written.next()) {
                count -= isVisible(one.base()) ? 1 : 0;
                count += isVisible(one.record()) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean isVisible(@Nullable Record record) {
        return record != null && record.isVisible(hideHusks());
    }

    @Override
    public IndexCatalogue indexes() {
        return base.indexes();
    }

    @Override
    public IndexRows scanIndex(IndexShape index, Span span, boolean reverse, Typing typing) {
        FoundRows stored = base.found(index, span, reverse, typing);
        PendingEntries pendings = transaction.pendingEntries(index, typing);
        if (pendings.written().isEmpty()) {
            return stored;
        }
        EntryFormat format = transaction.image().indexes().finished(index).format();
        return PendingRows.merged(stored, pendings, format.range(span), reverse);
    }

    @Override
    public long estimate(IndexShape index, Span span) {
        return base.estimate(index, span);
    }

    @Override
    public @Nullable List<Value.Struct> system(String name) {
        return base.system(name);
    }

    @Override
    public List<String> systemNames() {
        return base.systemNames();
    }

    /** Two sorted sequences as one; where both have a document, the transaction's counts. */
    private final class Merged implements Rows {
        private final DocumentScan stored;
        private final PendingWalk written;
        private final IdRange range;
        private final boolean reverse;
        private final Typing typing;
        private @Nullable Record nextStored;
        private PendingWalk.@Nullable Written nextWritten;

        private Merged(DocumentScan stored, PendingWalk written, IdRange range, boolean reverse, Typing typing) {
            this.stored = stored;
            this.written = written;
            this.range = range;
            this.reverse = reverse;
            this.typing = typing;
            this.nextStored = stored.nextRecord();
            this.nextWritten = nextInRange();
        }

        private PendingWalk.@Nullable Written nextInRange() {
            PendingWalk.Written next = written.next();
            while (next != null && !range.contains(next.key().id())) {
                next = written.next();
            }
            return next;
        }

        @Override
        public @Nullable Row next() {
            while (true) {
                Record here = nextStored;
                PendingWalk.Written there = nextWritten;
                if (here == null && there == null) {
                    return null;
                }
                int order = here == null ? 1 : there == null ? -1 : compare(here, there.key());
                Record record = there == null || order < 0 ? here : there.record();
                if (order <= 0) {
                    nextStored = stored.nextRecord();
                }
                if (order >= 0) {
                    nextWritten = nextInRange();
                }
                if (record != null && record.isVisible(hideHusks())) {
                    return record.row(typing);
                }
            }
        }

        private int compare(Record record, DocumentKey other) {
            int order = record.id().compareTo(other.id());
            return reverse ? -order : order;
        }

        @Override
        public void close() {
            written.close();
            stored.close();
        }
    }
}
