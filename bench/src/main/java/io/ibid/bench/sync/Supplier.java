package io.ibid.bench.sync;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents;
import io.ibid.bench.Documents.Document;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The supplying end, in this process: a server with documents, which listens for peers. Confined to one thread. */
final class Supplier implements AutoCloseable {

    static final String DATABASE = "bench";

    private static final String INSERT = "INSERT INTO orders DOCUMENTS (:documents)";

    private final OpenDatabase database;
    private final List<String> ids = new ArrayList<>();
    private final long syncsBefore;
    private long jsonBytes;
    private long commits;

    Supplier(Path folder, int documents) {
        database = OpenDatabase.open(DatabaseOptions.server(folder, DATABASE));
        syncsBefore = database.syncs();
        Documents.load(documents, this::insert);
        database.startSync(List.of("127.0.0.1:0"), List.of());
    }

    private void insert(List<Document> documents) {
        for (Document document : documents) {
            ids.add(document.id());
            jsonBytes += document.json().length();
        }
        write(
                INSERT,
                Value.Struct.builder(1)
                        .put(
                                "documents",
                                new Value.Array(documents.stream()
                                        .<Value>map(Document::struct)
                                        .toList()))
                        .build(),
                documents.size());
    }

    /** Sets one field of one document; returns when that is durable. */
    void update(String id, String field, Value value) {
        write(
                "UPDATE orders SET " + field + " = :value WHERE _id = :id",
                Value.Struct.builder(2)
                        .put("id", Value.of(id))
                        .put("value", value)
                        .build(),
                1);
    }

    private void write(String statement, Value.Struct arguments, int documents) {
        try (Execution execution = database.execute(statement, arguments, ExecuteOptions.FLEXIBLE)) {
            if (execution.mutatedIds().size() != documents) {
                throw new BenchmarkFailure(
                        "the supplier wrote " + execution.mutatedIds().size() + " documents of " + documents);
            }
        }
        commits++;
    }

    /** The ids of all documents, in the order in which they were made. */
    List<String> ids() {
        return ids;
    }

    /** All documents as JSON. */
    long jsonBytes() {
        return jsonBytes;
    }

    /** {@code host:port} for peers. */
    String address() {
        return database.listening().getFirst();
    }

    /** @throws BenchmarkFailure when a commit was acknowledged without a sync of its own */
    void checkDurability() {
        long syncs = database.syncs() - syncsBefore;
        if (syncs < commits) {
            throw new BenchmarkFailure("the supplier acknowledged " + commits + " commits with " + syncs + " syncs");
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
