package io.ibid.bench.observers;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.bench.Documents;
import io.ibid.core.query.ResultRow;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import java.util.ArrayList;
import java.util.List;

/** Orders in a database in memory, each with a team and a level, and observers of them. One thread writes. */
final class ObservedStore implements AutoCloseable {
    private static final int BATCH = 1_000;
    private static final long SETTLE_MS = 60_000;

    /** Levels are below this. */
    static final int LEVELS = 100_000;

    private final OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(null, "bench"));
    private final List<String> ids = new ArrayList<>();
    private final List<Watched> observers = new ArrayList<>();

    /** One observer; the fields are written by the thread that delivers. */
    static final class Watched {
        private final String query;
        private final Value.Struct arguments;
        private volatile long commitId = -1;
        private volatile List<ResultRow> rows = List.of();

        private Watched(String query, Value.Struct arguments) {
            this.query = query;
            this.arguments = arguments;
        }

        private void deliver(Execution result) {
            rows = result.rest();
            commitId = result.commitId();
        }

        /** The commit of the newest result. */
        long commitId() {
            return commitId;
        }

        /** The newest result. */
        List<ResultRow> rows() {
            return rows;
        }
    }

    /** Fills the store: document number i is in team {@code i mod teams} and has a level by a sequence that looks random. */
    ObservedStore(int documents, int teams) {
        Documents source = new Documents(1);
        for (int from = 0; from < documents; from += BATCH) {
            List<Value> batch = new ArrayList<>(BATCH);
            for (Documents.Document document : source.next(Math.min(BATCH, documents - from))) {
                Value.Struct plain = document.struct();
                Value.Struct.Builder fields = Value.Struct.builder(plain.size() + 2);
                for (int i = 0; i < plain.size(); i++) {
                    fields.put(plain.name(i), plain.value(i));
                }
                int number = ids.size();
                fields.put("team", Value.of("t" + number % teams));
                fields.put("level", Value.of(number * 7_919L % LEVELS));
                batch.add(fields.build());
                ids.add(document.id());
            }
            Value.Struct arguments = Value.Struct.builder(1)
                    .put("documents", new Value.Array(batch))
                    .build();
            execute("INSERT INTO orders DOCUMENTS (:documents)", arguments);
        }
    }

    int size() {
        return ids.size();
    }

    String id(int number) {
        return ids.get(number);
    }

    /** Runs a mutation; gives its commit. */
    long execute(String statement, Value.Struct arguments) {
        try (Execution execution = database.execute(statement, arguments, ExecuteOptions.FLEXIBLE)) {
            return execution.commitId();
        }
    }

    /** Gives a document another level. */
    long update(String id, long level) {
        Value.Struct arguments = Value.Struct.builder(2)
                .put("id", Value.of(id))
                .put("level", Value.of(level))
                .build();
        return execute("UPDATE orders SET level = :level WHERE _id = :id", arguments);
    }

    /** Registers an observer. */
    Watched observe(String query, Value.Struct arguments) {
        Watched watched = new Watched(query, arguments);
        observers.add(watched);
        database.observe(query, arguments, ExecuteOptions.FLEXIBLE, watched::deliver);
        return watched;
    }

    /** Waits until every observer has had its first result. */
    void awaitFirst() throws InterruptedException {
        long deadline = System.nanoTime() + SETTLE_MS * 1_000_000;
        for (Watched watched : observers) {
            while (watched.commitId() < 0) {
                if (System.nanoTime() > deadline) {
                    throw new BenchmarkFailure("an observer of " + watched.query + " was not called");
                }
                Thread.sleep(1);
            }
        }
    }

    /** Waits until every observer has been told what its query answers now. */
    void check() throws InterruptedException {
        long deadline = System.nanoTime() + SETTLE_MS * 1_000_000;
        for (Watched watched : observers) {
            List<String> truth = json(watched.query, watched.arguments);
            while (!json(watched.rows()).equals(truth)) {
                if (System.nanoTime() > deadline) {
                    throw new BenchmarkFailure("an observer of " + watched.query + " was not told the newest result");
                }
                Thread.sleep(1);
            }
        }
    }

    private List<String> json(String query, Value.Struct arguments) {
        try (Execution execution = database.execute(query, arguments, ExecuteOptions.FLEXIBLE)) {
            return json(execution.rest());
        }
    }

    private static List<String> json(List<ResultRow> rows) {
        return rows.stream().map(row -> Json.write(row.value())).toList();
    }

    @Override
    public void close() {
        database.close();
    }
}
