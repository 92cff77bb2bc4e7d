package io.ibid.cli.processes;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one peer shows of a collection in one snapshot. Immutable. */
final class Contents {
    private final SortedMap<String, String> documents = new TreeMap<>();
    private final SortedMap<String, Batch> batches = new TreeMap<>();
    private long counter;

    /** How many documents of a batch are there, how many it has, and the least and greatest generation among them. */
    record Batch(long documents, long size, long oldest, long newest) {
        private Batch with(Batch other) {
            return new Batch(
                    documents + other.documents, size, Math.min(oldest, other.oldest), Math.max(newest, other.newest));
        }

        boolean isWhole() {
            return documents == size && oldest == newest;
        }
    }

    Contents(List<Value.Struct> rows) {
        for (Value.Struct row : rows) {
            documents.put(Json.write(row.get("_id")), Json.write(row));
            if (row.get("batch") instanceof Value.Text name
                    && row.get("size") instanceof Value.Int size
                    && row.get("generation") instanceof Value.Int generation) {
                Batch one = new Batch(1, size.value(), generation.value(), generation.value());
                batches.merge(name.value(), one, Batch::with);
            } else if (row.get("n") instanceof Value.Int n) {
                counter = n.value();
            }
        }
    }

    static Contents of(Endpoint endpoint, String collection) throws IOException {
        return new Contents(endpoint.require("SELECT * FROM " + collection).items());
    }

    @Nullable
    Batch batch(String name) {
        return batches.get(name);
    }

    long counter() {
        return counter;
    }

    int size() {
        return documents.size();
    }

    /** Batches of which only a part is there. */
    List<String> halves() {
        List<String> halves = new ArrayList<>();
        batches.forEach((name, batch) -> {
            if (!batch.isWhole()) {
                halves.add(name + " " + batch);
            }
        });
        return halves;
    }

    boolean isSameAs(Contents other) {
        return documents.equals(other.documents);
    }

    /** The first ids that one has and the other has not, or has differently. */
    String difference(Contents other) {
        SortedMap<String, String> mine = new TreeMap<>(documents);
        mine.entrySet().removeAll(other.documents.entrySet());
        SortedMap<String, String> theirs = new TreeMap<>(other.documents);
        theirs.entrySet().removeAll(documents.entrySet());
        return mine.size() + " only here, such as "
                + mine.values().stream().limit(2).toList() + "; " + theirs.size() + " only there, such as "
                + theirs.values().stream().limit(2).toList();
    }
}
