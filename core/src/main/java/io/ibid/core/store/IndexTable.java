package io.ibid.core.store;

import io.ibid.core.index.Entry;
import io.ibid.core.index.Index;
import io.ibid.core.index.IndexSet;
import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Cursor;
import io.ibid.core.storage.Snapshot;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.DocumentId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the entries of all indexes in step with the documents, and the definitions in the metadata. Part of {@link Apply}; one instance
 * per change.
 */
final class IndexTable {

    private final Batch batch;
    private IndexSet indexes;

    IndexTable(IndexSet indexes, Batch batch) {
        this.indexes = indexes;
        this.batch = batch;
    }

    /** What is on disk. */
    static IndexSet load(Snapshot snapshot) {
        byte[] lastKey = Keys.meta(Keys.INDEX_NUMBER);
        byte[] last = snapshot.get(lastKey);
        if (last == null) {
            return IndexSet.NONE;
        }
        int lastNumber = Corruption.read(lastKey, () -> new ByteReader(last).varint(Integer.MAX_VALUE));
        List<Index> indexes = new ArrayList<>();
        byte[] prefix = Keys.meta(Keys.INDEXES);
        try (Cursor cursor = snapshot.scan(prefix, Keys.after(prefix), false)) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                int number = Keys.reader(key).skip(1).fixed32();
                Corruption.check(number >= 1 && number <= lastNumber, key, "this number was never given");
                indexes.add(Corruption.read(key, () -> Index.decode(number, cursor.value())));
            }
        }
        return IndexSet.of(indexes, lastNumber);
    }

    /** The indexes behind the change. */
    IndexSet indexes() {
        return indexes;
    }

    /** A document takes the place of another; null is nothing. What has not changed is not touched. */
    void write(String collection, DocumentId id, @Nullable Record before, @Nullable Record after) {
        for (Index index : indexes.of(collection)) {
            if (!index.reaches(id) || DocumentEntries.areEqual(index, before, after)) {
                continue;
            }
            List<Entry> old = before == null ? List.of() : DocumentEntries.of(index, before);
            List<Entry> now = after == null ? List.of() : DocumentEntries.of(index, after);
            for (Entry entry : old) {
                if (isAbsent(entry, now)) {
                    batch.removeOnce(entry.key());
                }
            }
            for (Entry entry : now) {
                if (isAbsent(entry, old)) {
                    batch.put(entry.key(), entry.value());
                }
            }
        }
    }

    private static boolean isAbsent(Entry entry, List<Entry> entries) {
        for (Entry other : entries) {
            if (entry.isIdenticalTo(other)) {
                return false;
            }
        }
        return true;
    }

    void step(IndexStep step) {
        switch (step) {
            case IndexStep.Create create -> {
                indexes = indexes.created(create.shape());
                batch.put(Keys.meta(Keys.INDEX_NUMBER), Metadata.number(indexes.lastNumber()));
                define(indexes.lastNumber());
            }
            case IndexStep.Drop drop -> {
                indexes = indexes.moved(drop.number(), new Index.Dropped());
                define(drop.number());
            }
            case IndexStep.Build build -> {
                build.entries().forEach(entry -> batch.put(entry.key(), entry.value()));
                indexes = indexes.moved(build.number(), build.state());
                define(build.number());
            }
            case IndexStep.Clear clear -> {
                clear.keys().forEach(batch::removeOnce);
                if (clear.isLast()) {
                    indexes = indexes.without(clear.number());
                    batch.remove(Keys.meta(Keys.INDEXES, clear.number()));
                }
            }
        }
    }

    private void define(int number) {
        Index index = indexes.find(number);
        if (index == null) {
            throw new AssertionError("index " + number + " is gone");
        }
        batch.put(Keys.meta(Keys.INDEXES, number), index.encode());
    }
}
