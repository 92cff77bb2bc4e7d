package io.ibid.core.store;

import io.ibid.core.index.Index;
import io.ibid.core.query.IndexShape;
import io.ibid.core.value.Value;
import io.ibid.core.value.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rows of {@code system:indexes}. Stateless. */
final class IndexListing {

    private IndexListing() {}

    static List<Value.Struct> rows(Published moment) {
        List<Index> indexes = new ArrayList<>(moment.image().indexes().all());
        indexes.removeIf(Index::isDropped);
        indexes.sort(Comparator.comparing(IndexListing::id, ValueOrder.KEYS));
        List<Value.Struct> rows = new ArrayList<>();
        for (Index index : indexes) {
            rows.add(row(index, moment));
        }
        return rows;
    }

    private static String id(Index index) {
        return index.shape().collection() + "." + index.shape().name();
    }

    private static Value.Struct row(Index index, Published moment) {
        Value.Struct.Builder row = Value.Struct.builder()
                .put("_id", Value.of(id(index)))
                .put("collection", Value.of(index.shape().collection()));
        List<Value> fields = new ArrayList<>();
        for (IndexShape.Key key : index.shape().keys()) {
            List<Value> names = key.path().keys().stream().<Value>map(Value::of).toList();
            fields.add(Value.Struct.builder()
                    .put("direction", Value.of(key.descending() ? "desc" : "asc"))
                    .put("key", new Value.Array(names))
                    .build());
        }
        row.put("fields", new Value.Array(fields));
        if (index.state() instanceof Index.Building building) {
            long all = moment.image().count(index.shape().collection()).visible(false);
            double progress = all == 0 ? 0 : (double) building.passed() / all;
            row.put("state", Value.of("building")).put("progress", Value.of(Math.min(progress, 1)));
        }
        return row.build();
    }
}
