package io.ibid.bench.wire;

import io.ibid.bench.BenchmarkFailure;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Small peers in this process that all want the collection {@code c}, on loopback sockets. Confined to one thread. */
final class Peers implements AutoCloseable {
    private static final String DATABASE = "wire";
    private static final long LIMIT_NS = 120_000_000_000L;
    private static final int BATCH = 1_000;

    private final List<OpenDatabase> opened = new ArrayList<>();

    /** A peer in memory that listens and keeps connections to these. */
    OpenDatabase open(OpenDatabase... partners) {
        OpenDatabase peer = OpenDatabase.open(DatabaseOptions.peer(null, DATABASE));
        opened.add(peer);
        peer.subscribe("SELECT * FROM c", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
        peer.startSync(
                List.of("127.0.0.1:0"),
                Arrays.stream(partners)
                        .map(partner -> partner.listening().getFirst())
                        .toList());
        return peer;
    }

    static void execute(OpenDatabase peer, String statement, Value.Struct arguments) {
        peer.execute(statement, arguments, ExecuteOptions.FLEXIBLE).close();
    }

    /** The first column of the first row, a whole number; negative when there is none. */
    static long number(OpenDatabase peer, String query) {
        try (Execution execution = peer.execute(query, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            var row = execution.next();
            return row != null && row.value().get("n") instanceof Value.Int(long number) ? number : -1;
        }
    }

    static long count(OpenDatabase peer) {
        return number(peer, "SELECT COUNT(*) AS n FROM c");
    }

    /** Bytes that the links of a peer have carried to it. */
    static long received(OpenDatabase peer) {
        return number(peer, "SELECT SUM(received) AS n FROM system:sync_peers");
    }

    /** Bytes that the links of a peer have carried, both ways. */
    static long carried(OpenDatabase peer) {
        return number(peer, "SELECT SUM(sent + received) AS n FROM system:sync_peers");
    }

    /** Inserts documents of a few small fields. */
    static void fill(OpenDatabase peer, int from, int count) {
        for (int at = from; at < from + count; at += BATCH) {
            List<Value> documents = new ArrayList<>();
            for (int i = at; i < Math.min(at + BATCH, from + count); i++) {
                documents.add(Value.Struct.builder()
                        .put("_id", Value.of("document-" + i))
                        .put("number", Value.of(i))
                        .put("name", Value.of("the name of " + i))
                        .build());
            }
            Value.Struct arguments = Value.Struct.builder()
                    .put("documents", new Value.Array(documents))
                    .build();
            execute(peer, "INSERT INTO c DOCUMENTS (:documents)", arguments);
        }
    }

    /** Waits; gives nanoseconds. */
    static long await(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT_NS) {
                throw new BenchmarkFailure("not within two minutes: " + what);
            }
            Thread.sleep(1);
        }
        return System.nanoTime() - start;
    }

    /** Waits until the peers' links have been silent for a while. */
    static void awaitQuiet(List<OpenDatabase> peers) throws InterruptedException {
        long before = -1;
        long now = total(peers);
        while (now != before) {
            Thread.sleep(1_500);
            before = now;
            now = total(peers);
        }
    }

    private static long total(List<OpenDatabase> peers) {
        return peers.stream().mapToLong(Peers::carried).sum();
    }

    @Override
    public void close() {
        opened.reversed().forEach(OpenDatabase::close);
    }
}
