package io.ibid.core.store;

import io.ibid.core.index.Index;
import io.ibid.core.index.SpanRange;
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

/** What statements read of one snapshot. Immutable; any thread. */
record SnapshotSource(Published snapshot, ReadSettings settings, SystemRows systemRows) implements Source {

    @Override
    public Rows scan(String collection, Span ids, boolean reverse, Typing typing) {
        return new DocumentScan(snapshot, collection, range(collection, ids), reverse, settings, typing);
    }

    IdRange range(String collection, Span ids) {
        return IdRange.of(snapshot.image().collection(collection), ids);
    }

    @Override
    public long estimate(String collection, Span ids) {
        IdRange all = range(collection, Span.ALL);
        IdRange range = range(collection, ids);
        long documents = count(collection);
        if (documents == 0 || range.isEmpty()) {
            return 0;
        }
        long whole = snapshot.image().snapshot().weight(all.from(), all.to());
        long part = snapshot.image().snapshot().weight(range.from(), range.to());
        return whole <= 0 ? documents : Math.round(Math.min(1, (double) part / whole) * documents);
    }

    @Override
    public @Nullable Row find(String collection, DocumentId id, Typing typing) {
        Record record = snapshot.record(new DocumentKey(collection, id));
        return record == null || !record.isVisible(settings.hideHusks()) ? null : record.row(typing);
    }

    @Override
    public long count(String collection) {
        return snapshot.count(collection).visible(settings.hideHusks());
    }

    @Override
    public IndexCatalogue indexes() {
        return snapshot.image().indexes().catalogue();
    }

    @Override
    public IndexRows scanIndex(IndexShape index, Span span, boolean reverse, Typing typing) {
        return found(index, span, reverse, typing);
    }

    FoundRows found(IndexShape shape, Span span, boolean reverse, Typing typing) {
        Image image = snapshot.image();
        Index index = image.indexes().finished(shape);
        EntryReader reader = new EntryReader(image, index, settings, typing);
        SpanRange range = index.format().range(span);
        EntryRows entries = new EntryRows(snapshot, reader, range, reverse);
        return reader.isAffected()
                ? new MergedRows(entries, StrayRows.open(reader, span, range, reverse), reverse)
                : entries;
    }

    @Override
    public long estimate(IndexShape shape, Span span) {
        Image image = snapshot.image();
        return EntryEstimate.of(image, image.indexes().finished(shape), span);
    }

    @Override
    public @Nullable List<Value.Struct> system(String name) {
        return systemRows.rows(name, snapshot);
    }

    @Override
    public List<String> systemNames() {
        return systemRows.names();
    }
}
