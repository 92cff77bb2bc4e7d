package io.ibid.bench.store;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents.Document;
import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Value;
import io.ibid.peer.rocksdb.Profile;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Ours: whole statements through the blocking call in the caller's thread. */
final class IbidSide implements StoreSide {

    private static final String INSERT = "INSERT INTO orders DOCUMENTS (:documents)";
    private static final String UPDATE = "UPDATE orders SET counter = :value WHERE _id = :id";
    private static final String SELECT = "SELECT * FROM orders WHERE _id = :id";

    private final OpenDatabase database;
    private final AtomicLong acknowledged = new AtomicLong();
    private final long syncsBefore;

    IbidSide(Path folder, Profile profile) {
        DatabaseOptions small = DatabaseOptions.peer(folder, "bench");
        database = OpenDatabase.open(
                new DatabaseOptions(folder, "bench", profile, false, small.workers(), small.environment()));
        syncsBefore = database.syncs();
    }

    @Override
    public void insert(List<Document> documents) {
        Value.Struct arguments = Value.Struct.builder(1)
                .put(
                        "documents",
                        new Value.Array(
                                documents.stream().<Value>map(Document::struct).toList()))
                .build();
        write(INSERT, arguments, documents.size());
    }

    @Override
    public void update(String id, long value) {
        Value.Struct arguments = Value.Struct.builder(2)
                .put("id", Value.of(id))
                .put("value", Value.of(value))
                .build();
        write(UPDATE, arguments, 1);
    }

    private void write(String statement, Value.Struct arguments, int documents) {
        try (Execution execution = database.execute(statement, arguments, ExecuteOptions.FLEXIBLE)) {
            if (execution.mutatedIds().size() != documents) {
                throw new BenchmarkFailure(
                        "Ibid wrote " + execution.mutatedIds().size() + " documents of " + documents);
            }
        }
        acknowledged.incrementAndGet();
    }

    @Override
    public int select(String id) {
        Value.Struct arguments = Value.Struct.builder(1).put("id", Value.of(id)).build();
        try (Execution execution = database.execute(SELECT, arguments, ExecuteOptions.FLEXIBLE)) {
            ResultRow row = execution.next();
            if (row == null) {
                throw new BenchmarkFailure("Ibid did not find " + id);
            }
            Value.Struct document = row.value();
            int fields = 0;
            for (int i = 0; i < document.size(); i++) {
                if (document.value(i) != Value.MISSING) {
                    fields++;
                }
            }
            return fields;
        }
    }

    @Override
    public void checkDurability(int threads) {
        StoreSide.checkSyncs("Ibid", acknowledged.get(), database.syncs() - syncsBefore, threads);
    }

    @Override
    public void close() {
        database.close();
    }
}
