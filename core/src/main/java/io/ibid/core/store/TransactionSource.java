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
import java.util.ArrayList;
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
        List<Written> written = new ArrayList<>();
        for (Pending pending : transaction.pendings(collection)) {
            if (range.contains(pending.key.id())) {
                written.add(new Written(pending.key.id(), pending.record(transaction.image())));
            }
        }
        DocumentScan stored = new DocumentScan(
                base.snapshot(),
                collection,
                range,
                reverse,
                transaction.settings().reading(),
                typing);
        return written.isEmpty() ? stored : new Merged(stored, reverse ? written.reversed() : written, reverse, typing);
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
        for (Pending pending : transaction.pendings(collection)) {
            count -= isVisible(pending.base) ? 1 : 0;
            count += isVisible(pending.record(transaction.image())) ? 1 : 0;
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

    /** A document of the transaction at the moment when the scan began; null: it is gone. */
    private record Written(DocumentId id, @Nullable Record record) {}

    /** Two sorted sequences as one; where both have a document, the transaction's counts. */
    private final class Merged implements Rows {
        private final DocumentScan stored;
        private final List<Written> written;
        private final boolean reverse;
        private final Typing typing;
        private int at;
        private @Nullable Record nextStored;

        private Merged(DocumentScan stored, List<Written> written, boolean reverse, Typing typing) {
            this.stored = stored;
            this.written = written;
            this.reverse = reverse;
            this.typing = typing;
            this.nextStored = stored.nextRecord();
        }

        @Override
        public @Nullable Row next() {
            while (true) {
                int order = nextStored == null ? 1 : at == written.size() ? -1 : compare(nextStored, written.get(at));
                if (nextStored == null && at == written.size()) {
                    return null;
                }
                Record record = order < 0 ? nextStored : written.get(at).record;
                if (order <= 0) {
                    nextStored = stored.nextRecord();
                }
                at += order >= 0 ? 1 : 0;
                if (record != null && record.isVisible(hideHusks())) {
                    return record.row(typing);
                }
            }
        }

        private int compare(Record record, Written other) {
            int order = record.id().compareTo(other.id);
            return reverse ? -order : order;
        }

        @Override
        public void close() {
            stored.close();
        }
    }
}
